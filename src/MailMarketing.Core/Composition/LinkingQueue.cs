namespace MailMarketing;

/// <summary>A queue whose claimed jobs carry their recipients' links.</summary>
internal sealed class LinkingQueue(ISendQueue queue, RecipientLinks links) : ISendQueue
{
    public async Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        links.AddTo(await queue.ClaimAsync(request, cancellationToken));

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        queue.MarkAsync(fence, queueIds, cancellationToken);

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) =>
        queue.CompleteAsync(fence, results, cancellationToken);

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        queue.ReleaseAsync(fence, queueIds, cancellationToken);

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) =>
        queue.RenewAsync(fence, lease, cancellationToken);
}
