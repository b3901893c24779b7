using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A delivery as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record DeliveryView
{
    public required long Id { get; init; }

    public required long ContactId { get; init; }

    [Description("The address it goes to; null where the contact is deleted.")]
    public required string? Email { get; init; }

    [Description("pending, sending, retry, success, failure, auth_failure, suppressed, cancelled or unknown.")]
    public required string Status { get; init; }

    [Description("1, and one more each time a person retries it.")]
    public required int Round { get; init; }

    [Description("Requests made to the gateway in the round.")]
    public required int Attempts { get; init; }

    [Description("What the gateway calls the message.")]
    public required string? MessageId { get; init; }

    [Description("The last reason it was not sent.")]
    public required string? Error { get; init; }

    [Description("Whether a person said that it was sent, since nobody else could tell.")]
    public required bool ByPerson { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public static DeliveryView Of(Delivery delivery) => new()
    {
        Id = delivery.Id,
        ContactId = delivery.ContactId,
        Email = delivery.Email,
        Status = DeliveryStateNames.Write(delivery.Status.State),
        Round = delivery.Status.Round,
        Attempts = delivery.Status.Attempts,
        MessageId = delivery.MessageId,
        Error = delivery.Error,
        ByPerson = delivery.ByPerson,
        UpdatedAt = delivery.UpdatedAt,
    };
}
