using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>One thing that was looked at before a campaign starts.</summary>
internal sealed record PreflightItemView
{
    [Description(
        "start (where nothing else can be looked at yet), recipients, names, subject, text, unsubscribe, size, links, images-alt, "
        + "images-text, spf, dkim or dmarc.")]
    public required string Code { get; init; }

    [JsonConverter(typeof(CamelCase<PreflightLevel>))]
    public required PreflightLevel Level { get; init; }

    [Description("What it came to, in a few words.")]
    public required string Title { get; init; }

    [Description("The numbers and places.")]
    public required string? Detail { get; init; }

    [Description("What to do about it.")]
    public required string? Remedy { get; init; }

    public static PreflightItemView Of(PreflightItem item) =>
        new() { Code = item.Code, Level = item.Level, Title = item.Title, Detail = item.Detail, Remedy = item.Remedy };
}
