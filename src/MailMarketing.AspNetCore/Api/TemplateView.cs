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
    };
}
