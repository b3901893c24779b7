namespace MailMarketing.Engine;

/// <summary>What becomes of jobs that are written down together. Used by one loop until it is asked for all.</summary>
internal sealed class BlockResults(TimeProvider time)
{
    private readonly List<SendResult> _known = [];
    private readonly List<Task<IReadOnlyList<SendResult>>> _sending = [];
    private readonly TaskCompletionSource _written = new();
    private long _started;

    /// <summary>Whether there is something to write.</summary>
    public bool Any => _known.Count > 0 || _sending.Count > 0;

    /// <summary>How many went to the gateway.</summary>
    public int Sent { get; private set; }

    /// <summary>How long since the first of them did.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>Ends once all is written down.</summary>
    public Task Written => _written.Task;

    /// <summary>A job that ended without being sent.</summary>
    public void Add(SendResult result) => _known.Add(result);

    /// <summary>Jobs that ended without being sent.</summary>
    public void Add(IEnumerable<SendResult> results) => _known.AddRange(results);

    /// <summary>Jobs that the gateway has.</summary>
    public void Add(Task<IReadOnlyList<SendResult>> sending, int count)
    {
        _started = Sent == 0 ? time.GetTimestamp() : _started;
        Sent += count;
        _sending.Add(sending);
    }

    /// <summary>All results, once the gateway answered; throws where that was cut short.</summary>
    public async Task<IReadOnlyList<SendResult>> AllAsync() =>
        [.. _known, .. (await Task.WhenAll(_sending)).SelectMany(results => results)];

    /// <summary>Says what writes them down.</summary>
    public async Task WrittenBy(Task writing)
    {
        await writing;
        _written.SetResult();
    }
}
