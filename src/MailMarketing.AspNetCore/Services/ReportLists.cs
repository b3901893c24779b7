namespace MailMarketing.AspNetCore;

/// <summary>The lists of a report by name; the first five are the original's.</summary>
internal static class ReportLists
{
    public static readonly IReadOnlyDictionary<string, DeliveryState> ByName = new Dictionary<string, DeliveryState>(StringComparer.Ordinal)
    {
        ["success"] = DeliveryState.Success,
        ["failure"] = DeliveryState.Failure,
        ["auth_failure"] = DeliveryState.AuthFailure,
        ["retry"] = DeliveryState.Retry,
        ["pending"] = DeliveryState.Pending,
        ["unknown"] = DeliveryState.Unknown,
        ["suppressed"] = DeliveryState.Suppressed,
        ["cancelled"] = DeliveryState.Cancelled,
    };

    /// <summary>
    /// The list an event goes to. An event of round 0 may be for a peer that has no list for it: it then ends as the nearest that the
    /// peer knows, since a job that is never reported would stay open there for ever.
    /// </summary>
    public static string For(DeliveryEvent one) => one.Status.State switch
    {
        DeliveryState.Success => "success",
        DeliveryState.AuthFailure => "auth_failure",
        DeliveryState.Retry => "retry",
        DeliveryState.Pending or DeliveryState.Sending => "pending",
        DeliveryState.Failure => "failure",
        _ when one.Status.Round == 0 => "failure",
        DeliveryState.Unknown => "unknown",
        DeliveryState.Suppressed => "suppressed",
        DeliveryState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(one), one.Status.State, "This is not a state of a delivery."),
    };
}
