namespace MailMarketing.Dashboard.Pages.Campaigns;

/// <summary>A campaign as it stands in the form, with the names of what it refers to.</summary>
/// <param name="Name">The campaign's name.</param>
/// <param name="Template">The template; null where none is chosen yet.</param>
/// <param name="Subject">A subject in place of the template's; empty for the template's.</param>
/// <param name="Segments">The audience.</param>
/// <param name="Excluded">Whom it leaves out.</param>
/// <param name="Lane">The lane; null for the default one.</param>
/// <param name="Policy">What to do where an outcome stays unknown.</param>
public sealed record CampaignEntry(
    string Name, TemplateChoice? Template, string Subject, IReadOnlyList<Segment> Segments, IReadOnlyList<Segment> Excluded, string? Lane,
    SendPolicy Policy)
{
    /// <summary>An empty one.</summary>
    public static CampaignEntry New { get; } = new("", null, "", [], [], null, SendPolicy.AtMostOnce);

    /// <summary>Files that its emails carry beside the template's.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>What is stored of it.</summary>
    public CampaignDraft Draft => new()
    {
        Name = Name,
        TemplateId = Template?.Id,
        TemplateName = Template is { Id: null } ? Template.Name : null,
        Subject = Subject.Length == 0 ? null : Subject,
        SegmentIds = [.. Segments.Select(segment => segment.Id)],
        ExcludeSegmentIds = [.. Excluded.Select(segment => segment.Id)],
        Lane = Lane,
        Policy = Policy,
        Attachments = Attachments.Count == 0 ? null : Attachments,
    };

    /// <summary>One that is stored. What was deleted meanwhile is left away, so that the form can be saved again.</summary>
    internal static async Task<CampaignEntry> ReadAsync(
        MailMarketingClient client, CampaignDraft draft, CancellationToken cancellationToken) => new(
        draft.Name, await TemplateChoice.FindAsync(client.Templates, draft, cancellationToken), draft.Subject ?? "",
        await ReadAsync(client.Segments, draft.SegmentIds, cancellationToken),
        await ReadAsync(client.Segments, draft.ExcludeSegmentIds, cancellationToken), draft.Lane, draft.Policy)
    {
        Attachments = draft.Attachments ?? [],
    };

    private static async Task<IReadOnlyList<Segment>> ReadAsync(
        SegmentsClient client, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var segments = new List<Segment>();
        foreach (var id in ids)
        {
            if (await client.GetAsync(id, cancellationToken) is { } segment)
            {
                segments.Add(segment);
            }
        }

        return segments;
    }
}
