namespace MailMarketing;

/// <summary>What a campaign planned, beside what became of it: counted one by one, and held against the counts.</summary>
public sealed record Reconciliation
{
    /// <summary>How many deliveries were planned when the audience was frozen; 0 before the start.</summary>
    public required long Planned { get; init; }

    /// <summary>The deliveries, counted one by one.</summary>
    public required DeliveryCounts ByState { get; init; }

    /// <summary>How many the queue still holds, those handed over to a sending side elsewhere included.</summary>
    public required long Outstanding { get; init; }

    /// <summary>What does not add up, each in a sentence for people; empty where all is well.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>When it was counted.</summary>
    public required DateTimeOffset CheckedAt { get; init; }
}
