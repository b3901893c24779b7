namespace MailMarketing.Abstractions.Tests;

public class CampaignTransitionsTests
{
    /// <summary>The rules again, written by state instead of by command: walked over all states and commands.</summary>
    private static readonly Dictionary<CampaignState, CampaignCommand[]> Allowed = new()
    {
        [CampaignState.Draft] = [CampaignCommand.Schedule, CampaignCommand.Start],
        [CampaignState.Scheduled] = [CampaignCommand.Schedule, CampaignCommand.Unschedule, CampaignCommand.Start, CampaignCommand.Cancel],
        [CampaignState.Running] =
            [CampaignCommand.Pause, CampaignCommand.Cancel, CampaignCommand.Retry, CampaignCommand.ConfirmSent, CampaignCommand.Complete],
        [CampaignState.Paused] = [CampaignCommand.Resume, CampaignCommand.Cancel, CampaignCommand.Retry, CampaignCommand.ConfirmSent],
        [CampaignState.Completed] = [CampaignCommand.Retry, CampaignCommand.ConfirmSent],
        [CampaignState.Cancelled] = [CampaignCommand.ConfirmSent],
    };

    [Fact]
    public void Every_command_is_allowed_in_just_the_states_it_makes_sense_in()
    {
        foreach (var state in Enum.GetValues<CampaignState>())
        {
            foreach (var command in Enum.GetValues<CampaignCommand>())
            {
                var refusal = CampaignTransitions.Refuse(7, state, command);
                Assert.Equal(Allowed[state].Contains(command), refusal is null);
                Assert.Equal(Allowed[state].Contains(command), CampaignTransitions.From(command).Contains(state));
            }
        }
    }

    [Fact]
    public void A_refusal_says_the_state_and_the_states_that_allow_it()
    {
        var refusal = CampaignTransitions.Refuse(7, CampaignState.Completed, CampaignCommand.Cancel)!;
        Assert.Equal(ProblemKind.Conflict, refusal.Kind);
        Assert.Equal(
            "Campaign 7 is completed and cannot be cancelled; only a campaign that is scheduled or running or paused can.", refusal.Detail);
    }

    [Fact]
    public void Only_what_gives_a_campaign_more_to_do_or_less_to_doubt_may_leave_it_where_it_is()
    {
        var stay = Enum.GetValues<CampaignCommand>()
            .Where(command => CampaignTransitions.From(command).Any(state => CampaignTransitions.To(command, state) == state));
        Assert.Equal([CampaignCommand.Schedule, CampaignCommand.Retry, CampaignCommand.ConfirmSent], stay);
    }
}
