using System.Text.Json;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>A line of the mock gateway's record.</summary>
internal sealed record GatewayAnswer(
    DateTimeOffset At, string? Key, string To, string Subject, int Status, string? MessageId, bool Replayed, string BodyHash, string? Error,
    IReadOnlyList<GatewayFile>? Attachments = null)
{
    private static readonly JsonSerializerOptions _format = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether a message was taken that had not been before.</summary>
    public bool IsNew => Status is >= 200 and < 300 && !Replayed;

    public static GatewayAnswer Read(string line) => JsonSerializer.Deserialize<GatewayAnswer>(line, _format)!;
}
