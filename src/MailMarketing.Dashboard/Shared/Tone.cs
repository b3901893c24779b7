namespace MailMarketing.Dashboard.Shared;

/// <summary>What a colour says.</summary>
public enum Tone
{
    /// <summary>Nothing happens.</summary>
    Quiet,

    /// <summary>Something is going on.</summary>
    Busy,

    /// <summary>It went well.</summary>
    Good,

    /// <summary>A person may want to look.</summary>
    Warn,

    /// <summary>It failed.</summary>
    Bad,
}
