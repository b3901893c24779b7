namespace MailMarketing;

/// <summary>Keeps when campaigns start by themselves. Implemented beside <see cref="ICampaignStore"/>, on the same rows.</summary>
/// <remarks>Only the store's clock decides what is due.</remarks>
public interface ICampaignSchedule
{
    /// <summary>
    /// Has a draft, or a campaign scheduled for another time, start at <paramref name="at"/>: NotFound, Conflict. Raises its revision and
    /// forgets its <see cref="Campaign.StartProblem"/>.
    /// </summary>
    Task<Result<Campaign>> ScheduleAsync(long id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Makes a scheduled campaign a draft again: NotFound, Conflict. Raises its revision.</summary>
    Task<Result<Campaign>> UnscheduleAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Takes one campaign whose time has come, for <paramref name="lease"/>: of many callers one gets it. Null where none is due. After the
    /// lease another gets it, so that the death of a caller delays a start and loses none.
    /// </summary>
    Task<Campaign?> ClaimDueAsync(TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a scheduled campaign from being claimed for <paramref name="wait"/> from now, and with a <paramref name="problem"/> keeps that
    /// as its <see cref="Campaign.StartProblem"/>. Nothing where it has another revision by now.
    /// </summary>
    Task HoldAsync(long id, long revision, TimeSpan wait, string? problem, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a campaign that could not start at its time a draft again, with a <see cref="Campaign.StartProblem"/>. False where it has
    /// another revision by now, and then nothing is changed.
    /// </summary>
    Task<bool> GiveUpAsync(long id, long revision, string problem, CancellationToken cancellationToken);
}
