namespace MailMarketing;

/// <summary>The sending side's settings as people see them: never the credentials themselves.</summary>
public sealed record SenderSettingsView
{
    /// <summary>The From line; null where nobody has set it.</summary>
    public Mailbox? From { get; init; }

    /// <summary>Custom headers, by name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the default lane has credentials.</summary>
    public bool AuthConfigured { get; init; }

    /// <summary>The lanes, the default one first; empty where the sending side does not tell.</summary>
    public IReadOnlyList<LaneView> Lanes { get; init; } = [];
}
