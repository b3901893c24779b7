namespace MailMarketing;

/// <summary>How a connection to an SMTP server is encrypted.</summary>
public enum SmtpSecurity
{
    /// <summary>By STARTTLS; a server that does not offer it gets nothing.</summary>
    StartTls,

    /// <summary>From the first byte, as on port 465.</summary>
    Tls,

    /// <summary>Not at all: emails and credentials can be read on the way. For a relay on this machine.</summary>
    None,
}
