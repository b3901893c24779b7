namespace MailMarketing;

/// <summary>Everything of a campaign's messages that is the same for every recipient, as it was when the campaign started.</summary>
public sealed record FrozenContent
{
    /// <summary>Subject and bodies, the campaign's own subject put in.</summary>
    public required TemplateSource Source { get; init; }

    /// <summary>The From line; null where the sending side's own setting is to be used.</summary>
    public Mailbox? From { get; init; }

    /// <summary>
    /// Whether <see cref="Source"/> reads <see cref="TemplateFields.Segments"/>: stores freeze them with the recipients' data only then.
    /// </summary>
    public bool ReadsSegments { get; init; }

    /// <summary>Custom headers of every message.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Files that every message carries: the template's, then the campaign's own. <see cref="Source"/> has none.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Where recipients reach the public pages; null where links come with the recipient's fields.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>When this was frozen: the templates' only clock.</summary>
    public required DateTimeOffset FrozenAt { get; init; }
}
