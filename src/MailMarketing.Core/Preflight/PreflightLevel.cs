namespace MailMarketing;

/// <summary>How bad a <see cref="PreflightItem"/> is.</summary>
public enum PreflightLevel
{
    /// <summary>As it should be.</summary>
    Ok = 0,

    /// <summary>Somebody should think about it before the campaign starts.</summary>
    Warning = 1,

    /// <summary>The campaign should not start so.</summary>
    Error = 2,
}
