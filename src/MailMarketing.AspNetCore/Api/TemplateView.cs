using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A template as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record TemplateView
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Subject { get; init; }

    public required string? Html { get; init; }

    public required string? Text { get; init; }

    public required string Language { get; init; }

    [Description("1, and one more with each change.")]
    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    [JsonConverter(typeof(CamelCase<TemplateKind>))]
    public required TemplateKind Kind { get; init; }

    public required string? Markdown { get; init; }

    public required string? Preheader { get; init; }

    public required IReadOnlyDictionary<string, TranslationBody>? Translations { get; init; }

    public required IReadOnlyList<AttachmentBody>? Attachments { get; init; }

    [Description("What may not come out as its author means; left out of lists.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MistakeView>? Warnings { get; init; }

    public static TemplateView Of(EmailTemplate template) => new()
    {
        Id = template.Id,
        Name = template.Name,
        Subject = template.Source.Subject,
        Html = template.Source.Html,
        Text = template.Source.Text,
        Language = template.Source.Language,
        Version = template.Version,
        CreatedAt = template.CreatedAt,
        UpdatedAt = template.UpdatedAt,
        Kind = template.Source.Kind,
        Markdown = template.Source.Markdown,
        Preheader = template.Source.Preheader,
        Translations = template.Source.Translations?.ToDictionary(one => one.Key, one => TranslationBody.Of(one.Value)),
        Attachments = AttachmentBody.Of(template.Source.Attachments),
    };
}
