namespace MailMarketing;

/// <summary>What a person says of a delivery of which nobody can tell whether it was sent.</summary>
public enum DeliveryResolution
{
    /// <summary>It was: the delivery ends <see cref="DeliveryState.Success"/>, marked as said by a person.</summary>
    Sent,

    /// <summary>It is to be sent again, in a new round; whoever got it after all gets it twice.</summary>
    Resend,
}
