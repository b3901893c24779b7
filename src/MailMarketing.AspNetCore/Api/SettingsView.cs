using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>The sending side's settings as the API shows them: never the credentials.</summary>
internal sealed record SettingsView
{
    [Description("Custom headers, by name.")]
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    [Description("The From line; nulls where nobody has set it.")]
    public required FromView From { get; init; }

    [Description("Whether the default lane has credentials.")]
    public required AuthView Auth { get; init; }

    [Description("The gateways, the default one first.")]
    public required IReadOnlyList<LaneView> Lanes { get; init; }

    public static SettingsView Of(SenderSettingsView settings) => new()
    {
        Headers = settings.Headers,
        From = new(settings.From?.Name, settings.From?.Email),
        Auth = new(settings.AuthConfigured),
        Lanes = [.. settings.Lanes.Select(lane => new LaneView
        {
            Name = lane.Name,
            Configured = lane.Configured,
            State = lane.State,
            Reason = lane.Reason,
            Attachments = lane.Attachments,
        })],
    };

    internal sealed record FromView(string? Name, string? Email);

    internal sealed record AuthView(bool Configured);

    internal sealed record LaneView
    {
        public required string Name { get; init; }

        [Description("Whether it has the credentials it needs.")]
        public required bool Configured { get; init; }

        [JsonConverter(typeof(CamelCase<LaneState>))]
        public required LaneState State { get; init; }

        [Description("Why it is closed.")]
        public required string? Reason { get; init; }

        [Description("Whether its gateway carries files.")]
        public required bool Attachments { get; init; }
    }
}
