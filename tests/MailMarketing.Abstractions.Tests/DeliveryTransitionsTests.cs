using static MailMarketing.DeliveryState;

namespace MailMarketing.Abstractions.Tests;

public class DeliveryTransitionsTests
{
    /// <summary>The rules again, written by state instead of by command.</summary>
    private static readonly Dictionary<DeliveryState, DeliveryCommand[]> Allowed = new()
    {
        [Pending] = [DeliveryCommand.Mark, DeliveryCommand.Suppress, DeliveryCommand.Cancel],
        [Sending] = [],
        [Retry] = [DeliveryCommand.Mark, DeliveryCommand.Suppress, DeliveryCommand.Cancel],
        [Failure] = [DeliveryCommand.Retry],
        [AuthFailure] = [DeliveryCommand.Retry],
        [Suppressed] = [],
        [Cancelled] = [],
        [Unknown] = [DeliveryCommand.Resend, DeliveryCommand.ConfirmSent],
        [Success] = [],
    };

    [Fact]
    public void Every_command_moves_from_just_the_states_it_makes_sense_in()
    {
        foreach (var state in Enum.GetValues<DeliveryState>())
        {
            Assert.Equal(Allowed[state], Enum.GetValues<DeliveryCommand>().Where(command => DeliveryTransitions.From(command).Contains(state)));
        }
    }

    [Fact]
    public void Every_command_leads_elsewhere() => Assert.All(
        Enum.GetValues<DeliveryCommand>(),
        command => Assert.DoesNotContain(DeliveryTransitions.To(command), DeliveryTransitions.From(command)));

    [Fact]
    public void Numbers_are_those_of_the_states() =>
        Assert.Equal("3, 4, 7", DeliveryTransitions.Numbers(DeliveryCommand.Retry, DeliveryCommand.Resend));
}
