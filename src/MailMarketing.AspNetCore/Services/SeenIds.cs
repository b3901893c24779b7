using System.Security.Cryptography;
using System.Text;

namespace MailMarketing.AspNetCore;

/// <summary>Remembers the ids of calls for as long as their timestamps would be believed, in bounded memory.</summary>
internal sealed class SeenIds(int capacity = SeenIds.DefaultCapacity)
{
    /// <summary>500 calls a second over the whole window, at about 60 bytes each.</summary>
    public const int DefaultCapacity = 300_000;

    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _ids = [];
    private readonly PriorityQueue<UInt128, long> _byExpiry = new();

    public enum Answer
    {
        New,
        Repeated,
        Full,
    }

    /// <summary>Notes an id. Where memory is full the call is refused, since forgetting an id would let it be replayed.</summary>
    public Answer Note(string id, long expiresAt, long now)
    {
        // A fixed 16 bytes whatever the id's length; only callers who know the key get here
        var hash = Hash(id);
        lock (_lock)
        {
            while (_byExpiry.TryPeek(out var oldest, out var expiry) && expiry < now)
            {
                _byExpiry.Dequeue();
                _ids.Remove(oldest);
            }

            if (_ids.Contains(hash))
            {
                return Answer.Repeated;
            }

            if (_ids.Count >= capacity)
            {
                return Answer.Full;
            }

            _ids.Add(hash);
            _byExpiry.Enqueue(hash, expiresAt);
            return Answer.New;
        }
    }

    private static UInt128 Hash(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }
}
