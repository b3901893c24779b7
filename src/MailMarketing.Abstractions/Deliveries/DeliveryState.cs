namespace MailMarketing;

/// <summary>Where a delivery stands within its round.</summary>
public enum DeliveryState
{
    /// <summary>Waits to be sent.</summary>
    Pending,

    /// <summary>On its way to the gateway.</summary>
    Sending,

    /// <summary>Waits to be tried again.</summary>
    Retry,

    /// <summary>The gateway refused it, or every attempt failed.</summary>
    Failure,

    /// <summary>The gateway kept refusing the credentials for it while others passed.</summary>
    AuthFailure,

    /// <summary>Not sent: the contact does not want it or the address is suppressed.</summary>
    Suppressed,

    /// <summary>Not sent: the campaign was cancelled or the contact deleted.</summary>
    Cancelled,

    /// <summary>Nobody can tell whether the gateway took it.</summary>
    Unknown,

    /// <summary>The gateway took it.</summary>
    Success,
}
