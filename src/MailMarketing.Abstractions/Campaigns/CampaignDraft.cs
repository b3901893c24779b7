namespace MailMarketing;

/// <summary>What a person says of a campaign before it starts.</summary>
public sealed record CampaignDraft
{
    /// <summary>The campaign's name.</summary>
    public required string Name { get; init; }

    /// <summary>The stored template to send; null where <see cref="TemplateName"/> names one in code.</summary>
    public long? TemplateId { get; init; }

    /// <summary>
    /// The template to send, of those that the app brings along in code (<see cref="MailMarketingBuilder.AddTemplate"/>), whatever its
    /// case; null for a stored one.
    /// </summary>
    public string? TemplateName { get; init; }

    /// <summary>The audience: everyone in at least one of these segments.</summary>
    public IReadOnlyList<long> SegmentIds { get; init; } = [];

    /// <summary>
    /// A contact source whose people are the audience too, see <see cref="MailMarketingBuilder.AddContactSource{TSource}"/>; null for none.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>Minus everyone in one of these, whoever brought them.</summary>
    public IReadOnlyList<long> ExcludeSegmentIds { get; init; } = [];

    /// <summary>A subject in place of the template's; null for the template's.</summary>
    public string? Subject { get; init; }

    /// <summary>The gateway to send through; null for the default one.</summary>
    public string? Lane { get; init; }

    /// <summary>What to do where an outcome stays unknown.</summary>
    public SendPolicy Policy { get; init; }

    /// <summary>Files that its emails carry beside those of the template; null for none.</summary>
    public IReadOnlyList<Attachment>? Attachments { get; init; }
}
