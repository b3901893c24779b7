namespace MailMarketing;

/// <summary>A named audience of chosen members.</summary>
public sealed record Segment
{
    /// <summary>The store's number; never reused.</summary>
    public required long Id { get; init; }

    /// <summary>Unique, whatever its case.</summary>
    public required string Name { get; init; }

    /// <summary>How many members it has.</summary>
    public long Members { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
