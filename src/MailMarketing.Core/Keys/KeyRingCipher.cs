using System.Security.Cryptography;
using System.Text;

namespace MailMarketing;

/// <summary>Encrypts the key ring's secrets by AES-256 in GCM (NIST SP 800-38D), under a key derived from the host's secret by HKDF.</summary>
/// <param name="secret">The one to encrypt under.</param>
/// <param name="previous">One that is still read; null for none.</param>
internal sealed class KeyRingCipher(string secret, string? previous = null)
{
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("MailMarketing.KeyRing.v1");

    private readonly byte[] _key = Derive(secret);
    private readonly byte[]? _previous = previous is null ? null : Derive(previous);

    public string Encrypt(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        Span<byte> sealedText = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedText[..NonceSize]);
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(sealedText[..NonceSize], plain, sealedText[(NonceSize + TagSize)..], sealedText[NonceSize..(NonceSize + TagSize)]);
        return Convert.ToBase64String(sealedText);
    }

    /// <exception cref="CryptographicException">It was encrypted under another secret, or is not what was encrypted.</exception>
    public string Decrypt(string text) => Decrypt(text, out _);

    /// <summary>The same; also tells whether it is encrypted under the previous secret.</summary>
    public string Decrypt(string text, out bool isPrevious)
    {
        isPrevious = false;
        try
        {
            return Decrypt(text, _key);
        }
        catch (AuthenticationTagMismatchException) when (_previous is not null)
        {
            isPrevious = true;
            return Decrypt(text, _previous);
        }
    }

    private static string Decrypt(string text, byte[] key)
    {
        ReadOnlySpan<byte> sealedText = ReadBase64(text);
        if (sealedText.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The entry of the key ring is cut short.");
        }

        var plain = new byte[sealedText.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(sealedText[..NonceSize], sealedText[(NonceSize + TagSize)..], sealedText[NonceSize..(NonceSize + TagSize)], plain);
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Derive(string secret) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: Purpose);

    private static int NonceSize => AesGcm.NonceByteSizes.MaxSize;

    private static int TagSize => AesGcm.TagByteSizes.MaxSize;

    private static byte[] ReadBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException cause)
        {
            throw new CryptographicException("The entry of the key ring is not what was written.", cause);
        }
    }
}
