using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>What the email client answered. It may be an original, so everything but the status may be missing or of another form.</summary>
internal sealed class PeerAnswer(HttpStatusCode status, JsonElement? body)
{
    private const int LongestError = 500;

    public HttpStatusCode Status { get; } = status;

    /// <summary>Whether the answer is an object that tells any setting.</summary>
    public bool HasSettings => Member(body, "from") is not null || Member(body, "headers") is not null;

    /// <summary>The queue's incarnation; null where it is not told.</summary>
    public string? Queue => Text(Member(body, "queue"));

    /// <summary>Why it refused, as a sentence or two; null where it does not say.</summary>
    public string? Error => Text(Member(body, "error")) is { Length: > 0 } error ? error[..Math.Min(error.Length, LongestError)] : null;

    /// <summary>A refusal, with the settings' fields named as they are in this process.</summary>
    public Problem ToProblem()
    {
        var errors = Members(Member(body, "errors"))
            .Where(error => error.Value.ValueKind == JsonValueKind.Array)
            .ToDictionary(
                error => SettingsFields.FromJson(error.Name),
                error => error.Value.EnumerateArray().Select(one => Text(one)).OfType<string>().ToArray());
        return new Problem(ProblemKind.Invalid, Error ?? "The email client refused it and did not say why.") { Errors = errors };
    }

    public SenderSettingsView ToSettings() => new()
    {
        From = Text(Member(Member(body, "from"), "email")) is { Length: > 0 } email
            ? new Mailbox(Text(Member(Member(body, "from"), "name")), email)
            : null,
        Headers = Members(Member(body, "headers"))
            .Where(header => Text(header.Value) is not null)
            .DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Name, header => Text(header.Value)!, StringComparer.OrdinalIgnoreCase),

        // An original does not tell; a campaign must not be kept from starting for that
        AuthConfigured = Member(Member(body, "auth"), "configured") is not { ValueKind: JsonValueKind.False },
        Lanes = Member(body, "lanes") is { ValueKind: JsonValueKind.Array } lanes
            ? lanes.EnumerateArray().Select(lane => ReadLane(lane)).OfType<LaneView>().ToArray()
            : [],
    };

    private static LaneView? ReadLane(JsonElement lane) =>
        Text(Member(lane, "name")) is { } name
            ? new LaneView(
                name,
                Member(lane, "configured") is { ValueKind: JsonValueKind.True },
                Text(Member(lane, "state")) == "closed" ? LaneState.Closed : LaneState.Open,
                Text(Member(lane, "reason")))
            {
                Attachments = Member(lane, "attachments") is { ValueKind: JsonValueKind.True },
            }
            : null;

    private static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var member)
        && member.ValueKind != JsonValueKind.Null ? member : null;

    private static IEnumerable<JsonProperty> Members(JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                yield return member;
            }
        }
    }

    private static string? Text(JsonElement? value)
    {
        try
        {
            return value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: as good as no text
            return null;
        }
    }
}
