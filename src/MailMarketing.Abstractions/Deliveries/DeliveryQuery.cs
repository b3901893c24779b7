namespace MailMarketing;

/// <summary>Which deliveries of a campaign are wanted.</summary>
public sealed record DeliveryQuery : PageRequest
{
    /// <summary>Only those in this state; null for all.</summary>
    public DeliveryState? State { get; init; }
}
