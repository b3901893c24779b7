using System.Security.Cryptography;
using System.Text;

namespace ReferenceHost.People;

/// <summary>What is handed out once and kept as a hash alone.</summary>
internal static class Secrets
{
    private const int Bytes = 32;

    /// <summary>256 random bits, safe in addresses.</summary>
    public static string New() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Enough for secrets that nobody can guess; passwords have a slow hash instead.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(one)), SHA256.HashData(Encoding.UTF8.GetBytes(other)));
}
