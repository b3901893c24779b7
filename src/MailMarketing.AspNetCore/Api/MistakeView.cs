using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A mistake in a template as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record MistakeView
{
    [Description("subject, html, markdown, text or preheader.")]
    public required string Part { get; init; }

    [Description("From 1.")]
    public required int Line { get; init; }

    [Description("From 1.")]
    public required int Column { get; init; }

    [Description("What is wrong and what to write instead.")]
    public required string Message { get; init; }

    [Description("Whether it keeps the template from being sent.")]
    [JsonConverter(typeof(CamelCase<TemplateSeverity>))]
    public required TemplateSeverity Severity { get; init; }

    [Description("The layout or partial where it stands; null for the template itself.")]
    public required string? Template { get; init; }

    [Description("The translation where it stands; null for the template's own language.")]
    public required string? Translation { get; init; }

    public static MistakeView Of(TemplateMistake mistake) => new()
    {
        Part = mistake.Part,
        Line = mistake.Line,
        Column = mistake.Column,
        Message = mistake.Message,
        Severity = mistake.Severity,
        Template = mistake.Template,
        Translation = mistake.Translation,
    };
}
