using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace MailMarketing;

/// <summary>
/// Makes and reads the links by which a recipient unsubscribes: delivery and contact, signed. Nobody without the key ring can make one,
/// and the same delivery always gets the same one.
/// </summary>
internal sealed class UnsubscribeLinks(LinkKeys keys)
{
    /// <summary>The path under the public address that links begin with.</summary>
    public const string Path = "/m/u/";

    private const int KeyId = 16;
    private const int Signed = KeyId + (2 * sizeof(long));
    private const int Signature = 16;
    private const int TokenLength = (Signed + Signature) * 4 / 3;

    public string For(Uri publicUrl, long deliveryId, long contactId, DateTimeOffset frozenAt) =>
        string.Concat(publicUrl.AbsoluteUri.AsSpan().TrimEnd('/'), Path, TokenFor(deliveryId, contactId, frozenAt));

    public string TokenFor(long deliveryId, long contactId, DateTimeOffset frozenAt)
    {
        var key = keys.ActiveAt(frozenAt);
        Span<byte> token = stackalloc byte[Signed + Signature];
        key.Id.TryWriteBytes(token);
        BinaryPrimitives.WriteInt64BigEndian(token[KeyId..], deliveryId);
        BinaryPrimitives.WriteInt64BigEndian(token[(KeyId + sizeof(long))..], contactId);
        Sign(key.Secret, token[..Signed]).AsSpan(0, Signature).CopyTo(token[Signed..]);
        return Base64Url.EncodeToString(token);
    }

    public bool TryRead(string? token, out long deliveryId, out long contactId)
    {
        (deliveryId, contactId) = (0, 0);
        Span<byte> bytes = stackalloc byte[Signed + Signature];
        if (token?.Length != TokenLength || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != bytes.Length
            || keys.Find(new Guid(bytes[..KeyId])) is not { } key
            || !CryptographicOperations.FixedTimeEquals(Sign(key.Secret, bytes[..Signed]).AsSpan(0, Signature), bytes[Signed..]))
        {
            return false;
        }

        deliveryId = BinaryPrimitives.ReadInt64BigEndian(bytes[KeyId..]);
        contactId = BinaryPrimitives.ReadInt64BigEndian(bytes[(KeyId + sizeof(long))..]);
        return true;
    }

    private static byte[] Sign(byte[] secret, ReadOnlySpan<byte> data) => HMACSHA256.HashData(secret, data);
}
