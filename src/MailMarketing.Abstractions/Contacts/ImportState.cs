namespace MailMarketing;

/// <summary>Where an import stands.</summary>
public enum ImportState
{
    /// <summary>Rows are being read.</summary>
    Running,

    /// <summary>Every row was read; refused rows are counted.</summary>
    Completed,

    /// <summary>The import stopped early; what was written stays written.</summary>
    Failed,
}
