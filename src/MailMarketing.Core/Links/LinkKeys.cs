using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace MailMarketing;

/// <summary>
/// The keys that links are signed with, one derived from each key of the Data Protection ring. Data Protection's own encryption adds
/// randomness each time, and a message must have the same bytes at every attempt: so the ring gives the secret, and we sign.
/// </summary>
internal sealed class LinkKeys(IKeyManager ring, TimeProvider time)
{
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("MailMarketing.Links.v1");

    // Reading the ring reads its storage. Keys are made two days before they are used; a revoked one must go soon.
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AgeWhenUnknown = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private List<LinkKey> _keys = [];
    private long? _readAt;

    /// <summary>The key of what was frozen at a time: the newest that was active then. The same whenever it is asked for.</summary>
    public LinkKey ActiveAt(DateTimeOffset frozenAt)
    {
        lock (_lock)
        {
            Refresh(Age);
            if (_keys.Count == 0)
            {
                // As Data Protection makes its first key: active at once, for 90 days.
                var now = time.GetUtcNow();
                ring.CreateNewKey(now, now.AddDays(90));
                Refresh(TimeSpan.Zero);
            }

            return _keys.FindLast(key => key.ActiveFrom <= frozenAt) ?? _keys[0];
        }
    }

    /// <summary>A key, expired or not; null where it is none of the ring or was revoked.</summary>
    public LinkKey? Find(Guid id)
    {
        lock (_lock)
        {
            Refresh(Age);
            if (_keys.Find(key => key.Id == id) is { } known)
            {
                return known;
            }

            Refresh(AgeWhenUnknown);
            return _keys.Find(key => key.Id == id);
        }
    }

    private void Refresh(TimeSpan age)
    {
        if (_readAt is { } at && time.GetElapsedTime(at) < age)
        {
            return;
        }

        _keys = [.. ring.GetAllKeys().Where(key => !key.IsRevoked)
            .OrderBy(key => key.ActivationDate).ThenBy(key => key.KeyId)
            .Select(key => new LinkKey(key.KeyId, key.ActivationDate, SecretOf(key)))];
        _readAt = time.GetTimestamp();
    }

    private static byte[] SecretOf(IKey key)
    {
        var exported = key.Descriptor.ExportToXml().SerializedDescriptorElement;
        var master = exported.DescendantsAndSelf().FirstOrDefault(IsSecret)
            ?? throw new MailMarketingException($"Key {key.KeyId} of the Data Protection ring does not tell its secret; links cannot be signed.");
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(master.Value.Trim()), 32, info: Purpose);
    }

    // The part that Data Protection itself would encrypt when the key is stored.
    private static bool IsSecret(XElement element) => element.Attributes().Any(attribute => attribute.Name.LocalName == "requiresEncryption");
}
