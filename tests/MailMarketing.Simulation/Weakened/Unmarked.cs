namespace MailMarketing.Simulation;

/// <summary>A queue in which nothing shows that a message is on its way.</summary>
internal sealed class Unmarked(ISendQueue queue) : ISendQueue
{
    public Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        queue.ClaimAsync(request with { Mark = false }, cancellationToken);

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<long>>(queueIds.ToHashSet());

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) =>
        queue.CompleteAsync(fence, results, cancellationToken);

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        queue.ReleaseAsync(fence, queueIds, cancellationToken);

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) =>
        queue.RenewAsync(fence, lease, cancellationToken);
}
