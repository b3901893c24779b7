using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace MailMarketing;

/// <summary>Makes and reads the links by which a recipient unsubscribes: opaque, and nobody without the key ring can make one.</summary>
internal sealed class UnsubscribeLinks(IDataProtectionProvider protection)
{
    /// <summary>The path under the public address that links begin with.</summary>
    public const string Path = "/m/u/";

    // Ours are about 150 characters; anything much longer is not worth decoding.
    private const int MaxToken = 1024;

    private readonly IDataProtector _protector = protection.CreateProtector("MailMarketing.Links.v1");

    public Uri For(Uri publicUrl, long deliveryId, long contactId) =>
        new(publicUrl.AbsoluteUri.TrimEnd('/') + Path + TokenFor(deliveryId, contactId));

    public string TokenFor(long deliveryId, long contactId)
    {
        var payload = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(payload, deliveryId);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(sizeof(long)), contactId);
        return Base64Url.EncodeToString(_protector.Protect(payload));
    }

    public bool TryRead(string? token, out long deliveryId, out long contactId)
    {
        (deliveryId, contactId) = (0, 0);
        if (string.IsNullOrEmpty(token) || token.Length > MaxToken || !Base64Url.IsValid(token))
        {
            return false;
        }

        try
        {
            // A key that has expired still reads: links must work for as long as the email exists.
            var payload = _protector.Unprotect(Base64Url.DecodeFromChars(token));
            if (payload.Length != 2 * sizeof(long))
            {
                return false;
            }

            deliveryId = BinaryPrimitives.ReadInt64BigEndian(payload);
            contactId = BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(sizeof(long)));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
