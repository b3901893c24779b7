namespace MailMarketing;

/// <summary>What became of a line.</summary>
public enum TemplateLineChange
{
    /// <summary>It stands in both versions.</summary>
    Kept = 0,

    /// <summary>It stands in the version before alone.</summary>
    Removed = 1,

    /// <summary>It stands in the version after alone.</summary>
    Added = 2,
}
