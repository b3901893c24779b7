namespace MailMarketing;

/// <summary>How many deliveries of a campaign are in each state.</summary>
public sealed record DeliveryCounts
{
    /// <summary>Waiting to be sent.</summary>
    public long Pending { get; init; }

    /// <summary>On their way to the gateway.</summary>
    public long Sending { get; init; }

    /// <summary>Waiting to be tried again.</summary>
    public long Retry { get; init; }

    /// <summary>Taken by the gateway.</summary>
    public long Success { get; init; }

    /// <summary>Refused, or out of attempts.</summary>
    public long Failure { get; init; }

    /// <summary>Refused for their credentials.</summary>
    public long AuthFailure { get; init; }

    /// <summary>Not sent, since the contact does not want it.</summary>
    public long Suppressed { get; init; }

    /// <summary>Not sent, since a person ended the campaign or deleted the contact.</summary>
    public long Cancelled { get; init; }

    /// <summary>Nobody can tell.</summary>
    public long Unknown { get; init; }

    /// <summary>All of them: the frozen audience.</summary>
    public long Planned => Waiting + Success + Failure + AuthFailure + Suppressed + Cancelled + Unknown;

    /// <summary>Those for which something is still to happen.</summary>
    public long Waiting => Pending + Sending + Retry;

    /// <summary>How many are in one state.</summary>
    public long In(DeliveryState state) => state switch
    {
        DeliveryState.Pending => Pending,
        DeliveryState.Sending => Sending,
        DeliveryState.Retry => Retry,
        DeliveryState.Success => Success,
        DeliveryState.Failure => Failure,
        DeliveryState.AuthFailure => AuthFailure,
        DeliveryState.Suppressed => Suppressed,
        DeliveryState.Cancelled => Cancelled,
        DeliveryState.Unknown => Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This is not a state of a delivery."),
    };

    /// <summary>The counts, each given by its state.</summary>
    internal static DeliveryCounts Of(Func<DeliveryState, long> count) => new()
    {
        Pending = count(DeliveryState.Pending),
        Sending = count(DeliveryState.Sending),
        Retry = count(DeliveryState.Retry),
        Success = count(DeliveryState.Success),
        Failure = count(DeliveryState.Failure),
        AuthFailure = count(DeliveryState.AuthFailure),
        Suppressed = count(DeliveryState.Suppressed),
        Cancelled = count(DeliveryState.Cancelled),
        Unknown = count(DeliveryState.Unknown),
    };
}
