namespace MailMarketing.AspNetCore.Api;

/// <summary>A campaign as the API shows it.</summary>
internal sealed record CampaignView
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required CampaignState State { get; init; }

    public required DeliveryCounts Counts { get; init; }

    public required long TemplateId { get; init; }

    public required IReadOnlyList<long> SegmentIds { get; init; }

    public string? Source { get; init; }

    public SourceCounts? SourceCounts { get; init; }

    public required IReadOnlyList<long> ExcludeSegmentIds { get; init; }

    public string? Subject { get; init; }

    public string? Lane { get; init; }

    public SendPolicy Policy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public static CampaignView Of(Campaign campaign, IReadOnlyList<string> warnings) => new()
    {
        Id = campaign.Id,
        Name = campaign.Draft.Name,
        State = campaign.State,
        Counts = campaign.Counts,
        TemplateId = campaign.Draft.TemplateId,
        SegmentIds = campaign.Draft.SegmentIds,
        Source = campaign.Draft.Source,
        SourceCounts = campaign.SourceCounts,
        ExcludeSegmentIds = campaign.Draft.ExcludeSegmentIds,
        Subject = campaign.Draft.Subject,
        Lane = campaign.Draft.Lane,
        Policy = campaign.Draft.Policy,
        CreatedAt = campaign.CreatedAt,
        StartedAt = campaign.StartedAt,
        CompletedAt = campaign.CompletedAt,
        Warnings = warnings,
    };
}
