namespace MailMarketing;

/// <summary>Whether a contact agreed to get campaigns.</summary>
public enum ConsentStatus
{
    /// <summary>Gets campaigns.</summary>
    Subscribed,

    /// <summary>Opted out; campaigns end <see cref="DeliveryState.Suppressed"/>.</summary>
    Unsubscribed,

    /// <summary>Has not confirmed yet; campaigns end <see cref="DeliveryState.Suppressed"/>.</summary>
    Pending,
}
