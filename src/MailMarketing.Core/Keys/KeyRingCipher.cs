using System.Security.Cryptography;
using System.Text;

namespace MailMarketing;

/// <summary>Encrypts the key ring's secrets by AES-256 in GCM (NIST SP 800-38D), under a key derived from the host's secret by HKDF.</summary>
internal sealed class KeyRingCipher(string secret)
{
    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("MailMarketing.KeyRing.v1");

    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: Purpose);

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
    public string Decrypt(string text)
    {
        ReadOnlySpan<byte> sealedText = ReadBase64(text);
        if (sealedText.Length < NonceSize + TagSize)
        {
            throw new CryptographicException("The entry of the key ring is cut short.");
        }

        var plain = new byte[sealedText.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Decrypt(sealedText[..NonceSize], sealedText[(NonceSize + TagSize)..], sealedText[NonceSize..(NonceSize + TagSize)], plain);
        return Encoding.UTF8.GetString(plain);
    }

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
