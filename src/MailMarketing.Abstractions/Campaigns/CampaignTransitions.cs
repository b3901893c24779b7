using static MailMarketing.CampaignState;

namespace MailMarketing;

/// <summary>Which command is allowed in which state, and where it leads: the one table of it, for the client and every store.</summary>
internal static class CampaignTransitions
{
    private static readonly Dictionary<CampaignCommand, (string Participle, (CampaignState From, CampaignState To)[] Moves)> Table = new()
    {
        [CampaignCommand.Schedule] = ("scheduled", [(Draft, Scheduled), (Scheduled, Scheduled)]),
        [CampaignCommand.Unschedule] = ("unscheduled", [(Scheduled, Draft)]),
        [CampaignCommand.Start] = ("started", [(Draft, Running), (Scheduled, Running)]),
        [CampaignCommand.Pause] = ("paused", [(Running, Paused)]),
        [CampaignCommand.Resume] = ("resumed", [(Paused, Running)]),
        [CampaignCommand.Cancel] = ("cancelled", [(Scheduled, Cancelled), (Running, Cancelled), (Paused, Cancelled)]),

        // A paused campaign stays paused, with more to do once it is resumed.
        [CampaignCommand.Retry] = ("retried", [(Running, Running), (Paused, Paused), (Completed, Running)]),
        [CampaignCommand.ConfirmSent] =
            ("resolved", [(Running, Running), (Paused, Paused), (Completed, Completed), (Cancelled, Cancelled)]),

        // A paused one is completed once it is resumed; a cancelled one only gets its time of completion.
        [CampaignCommand.Complete] = ("completed", [(Running, Completed)]),
    };

    /// <summary>The states that allow a command.</summary>
    public static IReadOnlyList<CampaignState> From(CampaignCommand command) => [.. Table[command].Moves.Select(move => move.From)];

    /// <summary>The state that a command leads to; null where the state does not allow it.</summary>
    public static CampaignState? To(CampaignCommand command, CampaignState from) =>
        Table[command].Moves.Where(move => move.From == from).Select(move => (CampaignState?)move.To).FirstOrDefault();

    /// <summary>The one state that a command leads to from wherever it is allowed.</summary>
    public static CampaignState To(CampaignCommand command) => Table[command].Moves.Select(move => move.To).Distinct().Single();

    /// <summary>Why a command is refused in a state; null where it is allowed.</summary>
    public static Problem? Refuse(long id, CampaignState state, CampaignCommand command)
    {
        if (To(command, state) is not null)
        {
            return null;
        }

        var allowed = string.Join(" or ", From(command).Select(Name));
        return Problem.Conflict(
            $"Campaign {id} is {Name(state)} and cannot be {Table[command].Participle}; only a campaign that is {allowed} can.");
    }

    /// <summary>The state after "is".</summary>
    public static string Name(CampaignState state) => state switch
    {
        Draft => "a draft",
        Scheduled => "scheduled",
        Running => "running",
        Paused => "paused",
        Completed => "completed",
        Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This is not a state of a campaign."),
    };
}
