namespace MailMarketing;

/// <summary>What moves a delivery, apart from reports of its round.</summary>
internal enum DeliveryCommand
{
    /// <summary>A sender marks it just before its bytes leave.</summary>
    Mark,

    /// <summary>Its contact unsubscribed, or the address was suppressed.</summary>
    Suppress,

    /// <summary>Its campaign was cancelled, or its contact deleted.</summary>
    Cancel,

    /// <summary>A person wants those that failed tried again, in a new round.</summary>
    Retry,

    /// <summary>A person wants one of which nobody can tell sent again, in a new round.</summary>
    Resend,

    /// <summary>A person found that one of which nobody could tell was sent.</summary>
    ConfirmSent,
}
