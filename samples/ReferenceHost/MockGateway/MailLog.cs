namespace ReferenceHost.MockGateway;

/// <summary>The last hundred mails and how many there were, for people to look at.</summary>
internal sealed class MailLog
{
    private const int Kept = 100;

    private readonly Lock _lock = new();
    private readonly Queue<Entry> _last = new(Kept);
    private readonly SortedDictionary<int, long> _counts = [];

    public void Add(Mail mail, Answer answer)
    {
        lock (_lock)
        {
            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(new Entry(mail, answer));
            _counts[answer.Status] = _counts.GetValueOrDefault(answer.Status) + 1;
        }
    }

    /// <summary>Newest first.</summary>
    public (IReadOnlyList<Entry> Last, IReadOnlyDictionary<int, long> Counts) Read()
    {
        lock (_lock)
        {
            return ([.. _last.Reverse()], new SortedDictionary<int, long>(_counts));
        }
    }

    internal sealed record Entry(Mail Mail, Answer Answer);
}
