namespace MailMarketing;

/// <summary>A change of the sending side's settings; null leaves what is there.</summary>
public sealed record SenderSettingsPatch
{
    /// <summary>New credentials of a lane.</summary>
    public GatewayCredentials? Auth { get; init; }

    /// <summary>Which lane <see cref="Auth"/> is for; null for the default one.</summary>
    public string? Lane { get; init; }

    /// <summary>A new From line.</summary>
    public Mailbox? From { get; init; }

    /// <summary>All custom headers, in place of those there are.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}
