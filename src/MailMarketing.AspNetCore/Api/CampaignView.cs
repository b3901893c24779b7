using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A campaign as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record CampaignView
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    [JsonConverter(typeof(CamelCase<CampaignState>))]
    public required CampaignState State { get; init; }

    public required CountsView Counts { get; init; }

    [Description("Null where templateName names a template in code.")]
    public required long? TemplateId { get; init; }

    public string? TemplateName { get; init; }

    public required IReadOnlyList<long> SegmentIds { get; init; }

    public string? Source { get; init; }

    public SourceCounts? SourceCounts { get; init; }

    public required IReadOnlyList<long> ExcludeSegmentIds { get; init; }

    public required string? Subject { get; init; }

    public required string? Lane { get; init; }

    [JsonConverter(typeof(CamelCase<SendPolicy>))]
    public required SendPolicy Policy { get; init; }

    public required IReadOnlyList<AttachmentBody>? Attachments { get; init; }

    [Description("When it starts by itself, or was to start; null where it never was scheduled.")]
    public required DateTimeOffset? ScheduledAt { get; init; }

    [Description("Why it did not start at its time; null where it did, or a person has scheduled or started it since.")]
    public required string? StartProblem { get; init; }

    [Description("What its last dry run came to; null where there was none.")]
    public required DryRun? DryRun { get; init; }

    [Description("How its deliveries added up when that was last checked; null before.")]
    public required ReconciliationView? Reconciliation { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("When its audience was frozen; null before.")]
    public required DateTimeOffset? StartedAt { get; init; }

    [Description("When its last delivery ended; null before.")]
    public required DateTimeOffset? CompletedAt { get; init; }

    [Description("Since when its deliveries are dropped for their age; null where they are there.")]
    public required DateTimeOffset? DeliveriesDroppedAt { get; init; }

    [Description("What to know before starting it; empty in lists and in the answers to commands.")]
    public required IReadOnlyList<string> Warnings { get; init; }

    public static CampaignView Of(Campaign campaign) => Of(campaign, []);

    public static CampaignView Of(Campaign campaign, IReadOnlyList<string> warnings) => new()
    {
        Id = campaign.Id,
        Name = campaign.Draft.Name,
        State = campaign.State,
        Counts = CountsView.Of(campaign.Counts),
        TemplateId = campaign.Draft.TemplateId,
        TemplateName = campaign.Draft.TemplateName,
        SegmentIds = campaign.Draft.SegmentIds,
        Source = campaign.Draft.Source,
        SourceCounts = campaign.SourceCounts,
        ExcludeSegmentIds = campaign.Draft.ExcludeSegmentIds,
        Subject = campaign.Draft.Subject,
        Lane = campaign.Draft.Lane,
        Policy = campaign.Draft.Policy,
        Attachments = AttachmentBody.Of(campaign.Draft.Attachments),
        ScheduledAt = campaign.ScheduledAt,
        StartProblem = campaign.StartProblem,
        DryRun = campaign.DryRun,
        Reconciliation = campaign.Reconciliation is { } found ? ReconciliationView.Of(found) : null,
        CreatedAt = campaign.CreatedAt,
        StartedAt = campaign.StartedAt,
        CompletedAt = campaign.CompletedAt,
        DeliveriesDroppedAt = campaign.DeliveriesDroppedAt,
        Warnings = warnings,
    };
}
