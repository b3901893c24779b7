using System.ComponentModel.DataAnnotations;

namespace MailMarketing;

/// <summary>Where an SMTP server is and how it is spoken to.</summary>
public sealed class SmtpGatewayOptions : GatewayOptions
{
    /// <summary>Options with what is usual of SMTP: it carries files.</summary>
    public SmtpGatewayOptions() => SupportsAttachments = true;

    /// <summary>The server's name, which its certificate must have. Required.</summary>
    public string Host { get; set; } = "";

    /// <summary>The server's port, 1 to 65,535; default 587.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>How connections are encrypted; default <see cref="SmtpSecurity.StartTls"/>.</summary>
    public SmtpSecurity Security { get; set; }

    /// <summary>Whether the server wants credentials, which people set; default true.</summary>
    public bool RequiresCredentials { get; set; } = true;

    /// <summary>What this machine calls itself; null (the default) for its own name.</summary>
    public string? LocalDomain { get; set; }

    /// <summary>Connections at the same time, 1 to 100; default 4. Read once, when the gateway is made.</summary>
    [Range(1, 100)]
    public int MaxConnections { get; set; } = 4;

    /// <summary>Messages over one connection before it is closed, 1 to 10,000; default 100.</summary>
    [Range(1, 10_000)]
    public int MessagesPerConnection { get; set; } = 100;

    /// <summary>How long a connection is kept while there is nothing to send, 1 ms to 5 min; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long one message may take from the moment that a connection is free for it: connecting, signing in, sending and the answer;
    /// 1 ms to 10 min, default 1 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}
