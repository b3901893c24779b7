namespace MailMarketing.Dashboard.Hosting;

/// <summary>Which theme a visitor wants.</summary>
internal enum ThemeChoice
{
    /// <summary>As the visitor's system has it.</summary>
    System,

    /// <summary>Always light.</summary>
    Light,

    /// <summary>Always dark.</summary>
    Dark,
}
