using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>What the API says of a campaign before it starts.</summary>
internal sealed record PreflightView
{
    [Description("The worst of all items.")]
    [JsonConverter(typeof(CamelCase<PreflightLevel>))]
    public required PreflightLevel Level { get; init; }

    [Description("Everything that was looked at, what is well too.")]
    public required IReadOnlyList<PreflightItemView> Items { get; init; }

    public static PreflightView Of(Preflight preflight) =>
        new() { Level = preflight.Level, Items = [.. preflight.Items.Select(PreflightItemView.Of)] };
}
