using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace ReferenceHost.People;

/// <summary>Codes of authenticator apps, RFC 6238: six digits, SHA-1 (all that the apps know), a step of 30 seconds.</summary>
internal static class Totp
{
    private const int Seconds = 30;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step that the code belongs to, one before or after now at most; null where it belongs to none.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        var bytes = FromBase32(key);
        var step = now.ToUnixTimeSeconds() / Seconds;
        long[] steps = [step - 1, step, step + 1];
        var found = steps.Where(one => Secrets.AreSame(CodeOf(bytes, one), code)).ToList();
        return found.Count > 0 ? found[^1] : null;
    }

    public static string CodeOf(string key, DateTimeOffset now) => CodeOf(FromBase32(key), now.ToUnixTimeSeconds() / Seconds);

    private static string CodeOf(byte[] key, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard's own hash; as an HMAC it is not broken
        HMACSHA1.HashData(key, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (bits, held) = (0, 0);
        foreach (var character in text)
        {
            bits = (bits << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal);
            held += 5;
            if (held >= 8)
            {
                held -= 8;
                bytes.Add((byte)(bits >> held));
                bits &= (1 << held) - 1;
            }
        }

        return [.. bytes];
    }
}
