using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Renews a claim's lease at a third, for as long as somebody holds it.</summary>
internal sealed class LeaseKeeper : IDisposable
{
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewing;
    private int _holders = 1;

    /// <summary>Begins with one holder.</summary>
    public LeaseKeeper(ISendQueue queue, string lane, SendBlock block, TimeSpan lease, TimeProvider time, ILogger logger) =>
        _renewing = RenewAsync(queue, lane, block, lease, time, logger);

    /// <summary>Whether the store said that nothing is claimed under the fence any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>One more holder.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>One holder less; after the last the lease is left alone.</summary>
    public async Task DropAsync()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _done.Cancel();
            await _renewing;
            Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _done.Dispose();

    private async Task RenewAsync(ISendQueue queue, string lane, SendBlock block, TimeSpan lease, TimeProvider time, ILogger logger)
    {
        var done = _done.Token;
        while (!IsLost)
        {
            try
            {
                await Task.Delay(lease / 3, time, done);
                IsLost = !await queue.RenewAsync(block.Fence, lease, done);
            }
            catch (OperationCanceledException) when (done.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.RenewFailed(logger, exception, lane, block.Jobs.Count);
            }
        }
    }
}
