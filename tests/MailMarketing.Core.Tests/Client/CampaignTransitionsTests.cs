namespace MailMarketing.Core.Tests.Client;

public class CampaignTransitionsTests
{
    /// <summary>The rules again, written by state instead of by command: walked over all states and commands.</summary>
    private static readonly Dictionary<CampaignState, CampaignCommand[]> Allowed = new()
    {
        [CampaignState.Draft] = [CampaignCommand.Schedule, CampaignCommand.Start],
        [CampaignState.Scheduled] = [CampaignCommand.Start, CampaignCommand.Cancel],
        [CampaignState.Running] = [CampaignCommand.Pause, CampaignCommand.Cancel, CampaignCommand.Retry],
        [CampaignState.Paused] = [CampaignCommand.Resume, CampaignCommand.Cancel, CampaignCommand.Retry],
        [CampaignState.Completed] = [CampaignCommand.Retry],
        [CampaignState.Cancelled] = [],
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
    public void Every_command_leads_out_of_the_states_it_is_allowed_in() =>
        Assert.All(
            Enum.GetValues<CampaignCommand>().Except([CampaignCommand.Retry]),
            command => Assert.DoesNotContain(CampaignTransitions.To(command), CampaignTransitions.From(command)));
}
