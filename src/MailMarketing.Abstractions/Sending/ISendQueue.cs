namespace MailMarketing;

/// <summary>The sending side's work, durable and shared by any number of workers.</summary>
/// <remarks>
/// Only the store's clock decides leases. A job whose lease ran out is claimable again under a new fence; where it was marked as
/// sending it comes back with <see cref="SendJob.Ambiguous"/> set. Writes that name an old fence change nothing, except that a
/// <see cref="DeliveryState.Success"/> of the current round is always recorded, since it is true.
/// </remarks>
public interface ISendQueue
{
    /// <summary>
    /// Claims due jobs of running campaigns, the oldest first and fairly between campaigns, and freezes their recipients' data where
    /// that is not done yet. Null where nothing is due. Jobs whose lease ran out before may have killed their worker: they come in
    /// claims of their own, after one such end 20 at most, after more each alone, see <see cref="SendJob.Crashes"/>.
    /// </summary>
    Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Marks jobs as sending, counting an attempt for each, just before their bytes leave. Gives those that may be sent: not those
    /// whose campaign was paused or cancelled, whose contact withdrew, or whose claim was lost meanwhile; such jobs are no longer the worker's.
    /// </summary>
    Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken);

    /// <summary>Writes down what became of jobs, in one transaction. Gives how many of them were refused for an old fence.</summary>
    Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken);

    /// <summary>Gives jobs back that certainly were not sent; a mark's attempt is taken back. They are due at once.</summary>
    Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken);

    /// <summary>Extends the lease of what is still claimed under a fence, to <paramref name="lease"/> from now. False where nothing is.</summary>
    Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken);
}
