namespace MailMarketing.AspNetCore;

/// <summary>The lists of a report by name; the first five are the original's.</summary>
internal static class ReportLists
{
    /// <summary>In the protocol's order, which is the order in which a report is read and its mistakes are told.</summary>
    public static readonly IReadOnlyDictionary<string, DeliveryState> ByName = new[]
    {
        DeliveryState.Success, DeliveryState.Failure, DeliveryState.AuthFailure, DeliveryState.Retry, DeliveryState.Pending,
        DeliveryState.Unknown, DeliveryState.Suppressed, DeliveryState.Cancelled,
    }.ToDictionary(DeliveryStateNames.Write, StringComparer.Ordinal);

    /// <summary>
    /// The list an event goes to. An event of round 0 may be for a peer that has no list for it: it then ends as the nearest that the
    /// peer knows, since a job that is never reported would stay open there for ever.
    /// </summary>
    public static string For(DeliveryEvent one) => DeliveryStateNames.Write(one.Status.State switch
    {
        DeliveryState.Sending => DeliveryState.Pending,
        DeliveryState.Unknown or DeliveryState.Suppressed or DeliveryState.Cancelled when one.Status.Round == 0 => DeliveryState.Failure,
        var state => state,
    });
}
