using System.Text.Json.Serialization;

namespace ReferenceHost.MockGateway;

/// <summary>What a request was answered, as recorded: one line of the file per answer.</summary>
/// <param name="At">When.</param>
/// <param name="Key">The idempotency key; null where none came.</param>
/// <param name="To">The recipient's address.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="MessageId">The id given; null where it was not taken.</param>
/// <param name="Replayed">Whether an earlier answer was given again.</param>
/// <param name="BodyHash">SHA-256 of the request's bytes, in hexadecimal.</param>
/// <param name="Error">The member <c>error</c> of the answer; null where it was taken.</param>
/// <param name="Attachments">The files that came with it; null for none.</param>
internal sealed record Answer(
    DateTimeOffset At, string? Key, string To, string Subject, int Status, string? MessageId, bool Replayed, string BodyHash, string? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MailFile>? Attachments = null)
{
    public const string ByChance = "by_chance";
    public const string InProgress = "in_progress";
    public const string KeyMismatch = "idempotency_key_mismatch";

    [JsonIgnore]
    public bool Taken => Status is >= 200 and < 300;

    /// <summary>Whether the dice were thrown for it.</summary>
    [JsonIgnore]
    public bool Drawn => !Replayed && Error is null or ByChance;
}
