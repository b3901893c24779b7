namespace MailMarketing.Simulation;

/// <summary>A queue behind a wire, as the engine sees it.</summary>
internal class WireQueue(Wire wire, ISendQueue queue, Machine machine, Ledger ledger) : ISendQueue
{
    protected Wire Wire { get; } = wire;

    public Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => Wire.CallAsync(
        "claim", () => queue.ClaimAsync(request, cancellationToken), block =>
        {
            if (block is not null)
            {
                ledger.Claimed(block);
                if (request.Mark)
                {
                    ledger.Marked(machine, block.Jobs.Select(job => job.QueueId).ToHashSet());
                }
            }
        });

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) => Wire.CallAsync(
        $"mark {string.Join(' ', queueIds)}", () => queue.MarkAsync(fence, queueIds, cancellationToken), marked => ledger.Marked(machine, marked));

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) => Wire.CallAsync(
        $"complete {string.Join(' ', results.Select(result => $"{result.QueueId}:{result.Status.State}"))}",
        () => queue.CompleteAsync(fence, results, cancellationToken),
        _ => ledger.Closed(machine, results.Select(result => result.QueueId)));

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) => Wire.CallAsync(
        $"release {string.Join(' ', queueIds)}",
        () => queue.ReleaseAsync(fence, queueIds, cancellationToken),
        () => ledger.Closed(machine, queueIds));

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) =>
        Wire.CallAsync("renew", () => queue.RenewAsync(fence, lease, cancellationToken));
}
