namespace MailMarketing;

/// <summary>A queue whose claimed jobs carry their recipients' links, and the files that their contents name.</summary>
internal sealed class LinkingQueue(ISendQueue queue, RecipientLinks links, AttachmentFiles files) : ISendQueue
{
    public async Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        if (links.AddTo(await queue.ClaimAsync(request, cancellationToken)) is not { } block)
        {
            return null;
        }

        try
        {
            return await files.LoadAsync(block, cancellationToken);
        }
        catch
        {
            // Nobody would work on it until its lease ends, and then it would look as if it had killed its worker
            await queue.ReleaseAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], cancellationToken);
            throw;
        }
    }

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        queue.MarkAsync(fence, queueIds, cancellationToken);

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) =>
        queue.CompleteAsync(fence, results, cancellationToken);

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        queue.ReleaseAsync(fence, queueIds, cancellationToken);

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) =>
        queue.RenewAsync(fence, lease, cancellationToken);
}
