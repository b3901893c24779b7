namespace MailMarketing.Core.Tests.Engine;

/// <summary>The words of <see cref="ISendQueue"/> in memory, with ways to break it.</summary>
internal class FakeQueue(TimeProvider time) : ISendQueue
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Row> _rows = [];
    private long _fence;

    public HashSet<string> Paused { get; } = [];

    public HashSet<long> Withdrawn { get; } = [];

    /// <summary>Called before each call with its name; may throw, as a store that is away does.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public List<int> Claims { get; } = [];

    public List<int> Slices { get; } = [];

    public int Renewals { get; private set; }

    public void Add(params IEnumerable<SendJob> jobs)
    {
        lock (_lock)
        {
            foreach (var job in jobs)
            {
                _rows[job.QueueId] = new Row { Job = job, Due = time.GetUtcNow() };
            }
        }
    }

    public SendJob Job(long id) => Read(id, row => row.Job);

    public SendResult? Result(long id) => Read(id, row => row.Result);

    public bool IsClaimed(long id) => Read(id, row => row.IsClaimed(time.GetUtcNow()));

    public int Count(DeliveryState state)
    {
        lock (_lock)
        {
            return _rows.Values.Count(row => row.Job.Status.State == state);
        }
    }

    /// <summary>Another worker takes over: every lease ends now.</summary>
    public void EndLeases()
    {
        lock (_lock)
        {
            foreach (var row in _rows.Values)
            {
                row.LeaseUntil = DateTimeOffset.MinValue;
            }
        }
    }

    public Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => Do(nameof(ClaimAsync), () =>
    {
        var now = time.GetUtcNow();
        var rows = _rows.Values
            .Where(row => row.Job.Status.IsWaiting && row.Due <= now && !row.IsClaimed(now) && !Paused.Contains(row.Job.CampaignId!))
            .OrderBy(row => row.Job.QueueId).Take(request.Max).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        _fence++;
        Claims.Add(rows.Count);
        foreach (var row in rows)
        {
            row.Job = row.Job with { Ambiguous = row.Job.Ambiguous || row.Marked };
            (row.Fence, row.Marked, row.LeaseUntil) = (_fence, false, now + request.Lease);
        }

        var block = new SendBlock(_fence, [.. rows.Select(row => row.Job)]);
        if (request.Mark)
        {
            Mark(_fence, [.. rows.Select(row => row.Job.QueueId)]);
        }

        return block;
    });

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        Do<IReadOnlySet<long>>(nameof(MarkAsync), () => Mark(fence, queueIds));

    private HashSet<long> Mark(long fence, IReadOnlyList<long> queueIds)
    {
        var marked = new HashSet<long>();
        foreach (var row in Claimed(fence, queueIds))
        {
            if (Paused.Contains(row.Job.CampaignId!) || Withdrawn.Contains(row.Job.QueueId))
            {
                row.Fence = 0;
                row.LeaseUntil = DateTimeOffset.MinValue;
                continue;
            }

            row.Marked = true;
            var status = row.Job.Status;
            row.Job = row.Job with
            {
                Status = status with { State = DeliveryState.Sending, Attempts = status.Attempts + 1 },
                FirstAttemptAt = row.Job.FirstAttemptAt ?? time.GetUtcNow(),
            };
            marked.Add(row.Job.QueueId);
        }

        Slices.Add(marked.Count);
        return marked;
    }

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) =>
        Do(nameof(CompleteAsync), () =>
        {
            var refused = 0;
            foreach (var result in results)
            {
                var row = _rows[result.QueueId];
                if (row.Fence != fence && result.Status.State != DeliveryState.Success)
                {
                    refused++;
                    continue;
                }

                row.Result = result;
                row.Job = row.Job with
                {
                    Status = result.Status, Spent = result.Spent, Refusals = result.Refusals, Ambiguous = result.Ambiguous,
                };
                (row.Fence, row.Marked, row.Due) = (0, false, time.GetUtcNow() + result.RetryAfter);
                row.LeaseUntil = DateTimeOffset.MinValue;
            }

            return refused;
        });

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) => Do(nameof(ReleaseAsync), () =>
    {
        foreach (var row in Claimed(fence, queueIds))
        {
            var status = row.Job.Status;
            row.Job = row.Job with
            {
                Status = status with
                {
                    Attempts = status.Attempts - (row.Marked ? 1 : 0),
                    State = status.Attempts - (row.Marked ? 1 : 0) == 0 ? DeliveryState.Pending : DeliveryState.Retry,
                },
            };
            (row.Fence, row.Marked, row.LeaseUntil) = (0, false, DateTimeOffset.MinValue);
        }

        return 0;
    });

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => Do(nameof(RenewAsync), () =>
    {
        var claimed = Claimed(fence, [.. _rows.Keys]).ToList();
        claimed.ForEach(row => row.LeaseUntil = time.GetUtcNow() + lease);
        Renewals++;
        return claimed.Count > 0;
    });

    private IEnumerable<Row> Claimed(long fence, IReadOnlyList<long> ids) => ids.Select(id => _rows[id]).Where(row => row.Fence == fence);

    private T Read<T>(long id, Func<Row, T> read)
    {
        lock (_lock)
        {
            return read(_rows[id]);
        }
    }

    protected Task<T> Do<T>(string call, Func<T> work)
    {
        try
        {
            Before(call);
            lock (_lock)
            {
                return Task.FromResult(work());
            }
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    private sealed class Row
    {
        public required SendJob Job { get; set; }

        public SendResult? Result { get; set; }

        public DateTimeOffset Due { get; set; }

        public DateTimeOffset LeaseUntil { get; set; }

        public long Fence { get; set; }

        public bool Marked { get; set; }

        public bool IsClaimed(DateTimeOffset now) => Fence != 0 && LeaseUntil > now;
    }
}
