namespace MailMarketing;

/// <summary>How an import of contacts fares.</summary>
public sealed record ContactImport
{
    /// <summary>The store's number; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>Where the import stands.</summary>
    public required ImportState State { get; init; }

    /// <summary>Data rows read so far, the header not counted.</summary>
    public int Rows { get; init; }

    /// <summary>Contacts that were new.</summary>
    public int Added { get; init; }

    /// <summary>Contacts that existed and changed.</summary>
    public int Updated { get; init; }

    /// <summary>Contacts that existed just so.</summary>
    public int Unchanged { get; init; }

    /// <summary>Rows that were refused; <see cref="Errors"/> has the first of them.</summary>
    public int Rejected { get; init; }

    /// <summary>The first 100 refusals, each with its line number.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>When the import began.</summary>
    public DateTimeOffset StartedAt { get; init; }
}
