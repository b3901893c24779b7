using System.Globalization;

namespace MailMarketing;

/// <summary>What a store counted of a campaign's deliveries in one state of it, and what does not add up in it.</summary>
/// <param name="Campaign">The campaign with its counts.</param>
/// <param name="Planned">How many deliveries its start made; null for one that started before this was kept.</param>
/// <param name="ByState">Its deliveries, counted one by one.</param>
/// <param name="Queued">Those that the queue holds.</param>
/// <param name="QueuedEnded">Those of them that have ended.</param>
/// <param name="HandedOverEnded">Those that have ended and are still taken as handed over.</param>
internal sealed record Reconciling(
    Campaign Campaign, long? Planned, DeliveryCounts ByState, long Queued, long QueuedEnded, long HandedOverEnded)
{
    public Reconciliation At(DateTimeOffset now) => new()
    {
        Planned = Planned ?? ByState.Planned,
        ByState = ByState,
        Outstanding = Queued,
        Differences = [.. Differences()],
        CheckedAt = now,
    };

    /// <summary>The refusal to count what is not there any more.</summary>
    public static Problem Dropped(long campaignId) =>
        Problem.Conflict($"The deliveries of campaign {campaignId} were dropped for their age; they cannot be counted any more.");

    private IEnumerable<string> Differences()
    {
        if (Planned is { } planned && planned != ByState.Planned)
        {
            yield return Say($"{planned} deliveries were planned, and there are {ByState.Planned}.");
        }

        foreach (var state in Enum.GetValues<DeliveryState>().Where(state => Campaign.Counts.In(state) != ByState.In(state)))
        {
            yield return Say($"By the counts {Campaign.Counts.In(state)} deliveries are {Name(state)}, and there are {ByState.In(state)}.");
        }

        if (ByState.Waiting != Queued - QueuedEnded)
        {
            yield return Say($"{ByState.Waiting} deliveries wait, and the queue holds {Queued - QueuedEnded}: the others are never sent.");
        }

        if (QueuedEnded > 0)
        {
            yield return Say($"{QueuedEnded} deliveries have ended and are still in the queue.");
        }

        if (HandedOverEnded > 0)
        {
            yield return Say($"{HandedOverEnded} deliveries have ended and still take up room of what is handed over.");
        }

        if (Campaign.CompletedAt is not null && ByState.Waiting > 0)
        {
            yield return Say($"The campaign has ended, and {ByState.Waiting} deliveries wait.");
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Name(DeliveryState state) =>
        state == DeliveryState.AuthFailure ? "auth_failure" : Say($"{state}").ToLowerInvariant();
}
