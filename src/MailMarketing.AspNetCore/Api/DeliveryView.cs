namespace MailMarketing.AspNetCore.Api;

/// <summary>A delivery as the API shows it.</summary>
internal sealed record DeliveryView(
    long Id, long ContactId, string? Email, string Status, int Round, int Attempts, string? MessageId, string? Error, DateTimeOffset UpdatedAt)
{
    public static DeliveryView Of(Delivery delivery) => new(
        delivery.Id, delivery.ContactId, delivery.Email, DeliveryStateNames.Write(delivery.Status.State), delivery.Status.Round,
        delivery.Status.Attempts, delivery.MessageId, delivery.Error, delivery.UpdatedAt);
}
