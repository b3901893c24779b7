using static MailMarketing.DeliveryState;

namespace MailMarketing;

/// <summary>
/// Which command moves a delivery from which states, and where to: the one table of it. What a sender reports of a round is joined by
/// <see cref="DeliveryStatus.YieldsTo"/> instead, since reports come late, twice and in any order.
/// </summary>
/// <remarks>
/// Suppress and Cancel leave a delivery alone that is marked or handed over: it ends by its own outcome. They end one whose last attempt
/// had no answer as <see cref="Unknown"/>, since it may have been sent.
/// </remarks>
internal static class DeliveryTransitions
{
    private static readonly Dictionary<DeliveryCommand, (DeliveryState[] From, DeliveryState To)> Table = new()
    {
        [DeliveryCommand.Mark] = ([Pending, DeliveryState.Retry], Sending),
        [DeliveryCommand.Suppress] = ([Pending, DeliveryState.Retry], Suppressed),
        [DeliveryCommand.Cancel] = ([Pending, DeliveryState.Retry], Cancelled),
        [DeliveryCommand.Retry] = ([Failure, AuthFailure], Pending),
        [DeliveryCommand.Resend] = ([Unknown], Pending),
        [DeliveryCommand.ConfirmSent] = ([Unknown], Success),
    };

    /// <summary>The states that a command moves a delivery from; in others it leaves it alone.</summary>
    public static IReadOnlyList<DeliveryState> From(DeliveryCommand command) => Table[command].From;

    /// <summary>The state that a command leads to.</summary>
    public static DeliveryState To(DeliveryCommand command) => Table[command].To;

    /// <summary>The numbers of the states that these commands move from, for a list in SQL.</summary>
    public static string Numbers(params DeliveryCommand[] commands) =>
        string.Join(", ", commands.SelectMany(From).Distinct().Select(state => (int)state));
}
