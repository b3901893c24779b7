namespace MailMarketing;

/// <summary>Which command is allowed in which state, and where it leads: the one table of it.</summary>
internal static class CampaignTransitions
{
    private static readonly Dictionary<CampaignCommand, (CampaignState[] From, CampaignState To, string Participle)> Table = new()
    {
        [CampaignCommand.Schedule] = ([CampaignState.Draft], CampaignState.Scheduled, "scheduled"),
        [CampaignCommand.Start] = ([CampaignState.Draft, CampaignState.Scheduled], CampaignState.Running, "started"),
        [CampaignCommand.Pause] = ([CampaignState.Running], CampaignState.Paused, "paused"),
        [CampaignCommand.Resume] = ([CampaignState.Paused], CampaignState.Running, "resumed"),
        [CampaignCommand.Cancel] =
            ([CampaignState.Scheduled, CampaignState.Running, CampaignState.Paused], CampaignState.Cancelled, "cancelled"),

        // A paused campaign stays paused, with more to do once it is resumed.
        [CampaignCommand.Retry] =
            ([CampaignState.Running, CampaignState.Paused, CampaignState.Completed], CampaignState.Running, "retried"),
    };

    /// <summary>The states that allow a command.</summary>
    public static IReadOnlyList<CampaignState> From(CampaignCommand command) => Table[command].From;

    /// <summary>The state that a command leads to.</summary>
    public static CampaignState To(CampaignCommand command) => Table[command].To;

    /// <summary>Why a command is refused in a state; null where it is allowed.</summary>
    public static Problem? Refuse(long id, CampaignState state, CampaignCommand command)
    {
        var (from, _, participle) = Table[command];
        if (from.Contains(state))
        {
            return null;
        }

        var allowed = string.Join(" or ", from.Select(Name));
        return Problem.Conflict($"Campaign {id} is {Name(state)} and cannot be {participle}; only a campaign that is {allowed} can.");
    }

    private static string Name(CampaignState state) => state switch
    {
        CampaignState.Draft => "a draft",
        CampaignState.Scheduled => "scheduled",
        CampaignState.Running => "running",
        CampaignState.Paused => "paused",
        CampaignState.Completed => "completed",
        CampaignState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This is not a state of a campaign."),
    };
}
