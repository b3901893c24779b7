namespace ReferenceHost.MockGateway;

/// <summary>Which keys were taken with which body. An answer other than 2xx leaves a key as it was, but counts its attempts.</summary>
internal sealed class KeyBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Begins a request: the earlier answer to give again, an error, or neither and the number of this attempt.</summary>
    public (Answer? Earlier, string? Error, int Attempt) Begin(string key, string bodyHash)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry = new Entry();
            }

            if (entry.Taken is { } taken)
            {
                return taken.BodyHash == bodyHash ? (taken, null, 0) : (null, Answer.KeyMismatch, 0);
            }

            if (entry.InProgress is { } other)
            {
                return (null, other == bodyHash ? Answer.InProgress : Answer.KeyMismatch, 0);
            }

            entry.InProgress = bodyHash;
            return (null, null, ++entry.Attempts);
        }
    }

    /// <summary>Ends a request that <see cref="Begin"/> let pass; null where it failed before an answer.</summary>
    public void End(string key, Answer? answer)
    {
        lock (_lock)
        {
            var entry = _entries[key];
            entry.InProgress = null;
            entry.Taken = answer is { Taken: true } ? answer : null;
        }
    }

    /// <summary>Learns an answer of an earlier run.</summary>
    public void Know(Answer answer)
    {
        if (answer is { Key: { } key, Drawn: true })
        {
            Begin(key, answer.BodyHash);
            End(key, answer);
        }
    }

    private sealed class Entry
    {
        public int Attempts { get; set; }

        public string? InProgress { get; set; }

        public Answer? Taken { get; set; }
    }
}
