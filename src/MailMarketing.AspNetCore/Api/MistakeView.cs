using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A mistake in a template as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record MistakeView
{
    [Description("subject, html or text.")]
    public required string Part { get; init; }

    [Description("From 1.")]
    public required int Line { get; init; }

    [Description("From 1.")]
    public required int Column { get; init; }

    [Description("What is wrong and what to write instead.")]
    public required string Message { get; init; }

    public static MistakeView Of(TemplateMistake mistake) =>
        new() { Part = mistake.Part, Line = mistake.Line, Column = mistake.Column, Message = mistake.Message };
}
