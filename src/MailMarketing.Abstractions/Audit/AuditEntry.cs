namespace MailMarketing;

/// <summary>Somebody changed something.</summary>
public sealed record AuditEntry
{
    /// <summary>The store's number; never reused.</summary>
    public long Id { get; init; }

    /// <summary>When, by the application's clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: a person or a token as the host names them, or <c>system</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The network address it came from; null where there was none.</summary>
    public string? Address { get; init; }

    /// <summary>What was done, as a word for the thing and one for the deed: <c>campaign.start</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, for people: <c>campaign 7 (May news)</c>; null where there is one such thing only.</summary>
    public string? Subject { get; init; }

    /// <summary>What was there before, as JSON; null where nothing was, or where it is a secret.</summary>
    public string? Before { get; init; }

    /// <summary>What is there now, as JSON; null where nothing is, or where it is a secret.</summary>
    public string? After { get; init; }
}
