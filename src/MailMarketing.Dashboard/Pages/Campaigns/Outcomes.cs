namespace MailMarketing.Dashboard.Pages.Campaigns;

/// <summary>The states of deliveries as bars, legends and filters list them: ended well, ended badly, still to come.</summary>
internal static class Outcomes
{
    private static readonly (DeliveryState State, Func<DeliveryCounts, long> Count)[] _all =
    [
        (DeliveryState.Success, counts => counts.Success),
        (DeliveryState.Failure, counts => counts.Failure),
        (DeliveryState.AuthFailure, counts => counts.AuthFailure),
        (DeliveryState.Unknown, counts => counts.Unknown),
        (DeliveryState.Suppressed, counts => counts.Suppressed),
        (DeliveryState.Cancelled, counts => counts.Cancelled),
        (DeliveryState.Retry, counts => counts.Retry),
        (DeliveryState.Sending, counts => counts.Sending),
        (DeliveryState.Pending, counts => counts.Pending),
    ];

    public static IEnumerable<DeliveryState> States => _all.Select(outcome => outcome.State);

    public static IEnumerable<(DeliveryState State, long Count)> Of(DeliveryCounts counts) =>
        _all.Select(outcome => (outcome.State, outcome.Count(counts)));

    /// <summary>Whether a person can do something about a delivery in this state, chosen one by one.</summary>
    public static bool CanPick(DeliveryState state) =>
        state is DeliveryState.Failure or DeliveryState.AuthFailure or DeliveryState.Unknown;

    /// <summary>The class that brings the state's colours.</summary>
    public static string Class(DeliveryState state) => $"mm-is-{Name(state)}";

    /// <summary>The state in an address.</summary>
    public static string Name(DeliveryState state) => state.ToString().ToLowerInvariant();

    /// <summary>The state that an address names; null where it names none.</summary>
    public static DeliveryState? Read(string? name) =>
        Enum.TryParse<DeliveryState>(name, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null;
}
