namespace MailMarketing.Gateway.Http;

/// <summary>How long one connection's requests may take, one after the other: one timer for all that are in time.</summary>
internal sealed class RequestDeadline(TimeSpan timeout, TimeProvider time, CancellationToken stopping) : IDisposable
{
    private CancellationTokenSource _source = new(Timeout.InfiniteTimeSpan, time);
    private CancellationTokenRegistration _link;

    /// <summary>Whether it was not the time that ran out.</summary>
    public bool IsStopped => stopping.IsCancellationRequested;

    /// <summary>Begins the next request's time; what the one before was given ends with it.</summary>
    public CancellationToken Begin()
    {
        if (!_source.TryReset())
        {
            Dispose();
            _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
            _link = default;
        }

        if (_link == default)
        {
            _link = stopping.UnsafeRegister(source => ((CancellationTokenSource)source!).Cancel(), _source);
        }

        _source.CancelAfter(timeout);
        return _source.Token;
    }

    public void Dispose()
    {
        _link.Dispose();
        _source.Dispose();
    }
}
