namespace MailMarketing;

/// <summary>What happens to a message of which nobody can tell whether the gateway took it, at a gateway that does not honour idempotency keys.</summary>
public enum SendPolicy
{
    /// <summary>It is not sent again and ends <see cref="DeliveryState.Unknown"/>; the default.</summary>
    AtMostOnce,

    /// <summary>It is sent again; a few people may get it twice.</summary>
    AtLeastOnce,
}
