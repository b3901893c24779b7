namespace MailMarketing;

/// <summary>Subject, HTML and text of an email, with placeholders.</summary>
public sealed record EmailTemplate
{
    /// <summary>The store's number; never reused.</summary>
    public required long Id { get; init; }

    /// <summary>Unique, whatever its case.</summary>
    public required string Name { get; init; }

    /// <summary>Subject and bodies.</summary>
    public required TemplateSource Source { get; init; }

    /// <summary>1, and one more with each change.</summary>
    public int Version { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
