namespace MailMarketing;

/// <summary>What the sending side puts on every message and signs in with.</summary>
public sealed record SenderSettings
{
    /// <summary>The From line; null where nobody has set it.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Custom headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Encrypted credentials by lane; opaque to the store.</summary>
    public IReadOnlyDictionary<string, string> ProtectedCredentials { get; init; } = new Dictionary<string, string>();
}
