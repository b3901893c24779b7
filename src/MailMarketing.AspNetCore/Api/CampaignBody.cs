using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A campaign as the API takes it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record CampaignBody
{
    [Required]
    [MaxLength(Limits.Name)]
    public string? Name { get; init; }

    [Description("The template to send: a stored one.")]
    public long? TemplateId { get; init; }

    [Description("The template to send, in place of templateId: one that the app brings along in code, see GET /templates/code.")]
    public string? TemplateName { get; init; }

    [Description("The audience: everyone in at least one of these segments, at most 100.")]
    public IReadOnlyList<long>? SegmentIds { get; init; }

    [Description("A contact source of the app's own whose people are in the audience too.")]
    public string? Source { get; init; }

    [Description("Minus everyone in one of these segments, at most 100.")]
    public IReadOnlyList<long>? ExcludeSegmentIds { get; init; }

    [MaxLength(Limits.Subject)]
    [Description("A subject in place of the template's.")]
    public string? Subject { get; init; }

    [Description("The gateway to send through; the default one where it is not given.")]
    public string? Lane { get; init; }

    [Description("What to do where nobody can tell whether the gateway took a message; atMostOnce where it is not given.")]
    [JsonConverter(typeof(CamelCase<SendPolicy>))]
    public SendPolicy? Policy { get; init; }

    [Description("Files that its emails carry beside those of the template, as POST /attachments answered them.")]
    public IReadOnlyList<AttachmentBody?>? Attachments { get; init; }

    public CampaignDraft ToDraft() => new()
    {
        Name = Name ?? "",
        TemplateId = TemplateId,
        TemplateName = TemplateName,
        SegmentIds = SegmentIds ?? [],
        Source = Source,
        ExcludeSegmentIds = ExcludeSegmentIds ?? [],
        Subject = Subject,
        Lane = Lane,
        Policy = Policy ?? SendPolicy.AtMostOnce,
        Attachments = AttachmentBody.ToAttachments(Attachments),
    };
}
