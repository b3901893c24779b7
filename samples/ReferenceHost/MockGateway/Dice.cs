using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ReferenceHost.MockGateway;

/// <summary>
/// Chance, or with a seed the look of it: drawn from seed, key and attempt, so that the order in which requests happen to arrive
/// changes nothing.
/// </summary>
internal sealed class Dice(string? seed)
{
    public double Chance(string key, int attempt)
    {
        var bits = BinaryPrimitives.ReadUInt64BigEndian(Bytes("status", key, attempt)) >> 11;
        return bits / (double)(1UL << 53);
    }

    public string MessageId(string key, int attempt) => $"mock-{Convert.ToHexStringLower(Bytes("id", key, attempt).AsSpan(0, 12))}";

    private byte[] Bytes(string purpose, string key, int attempt) => seed is null
        ? RandomNumberGenerator.GetBytes(32)
        : SHA256.HashData(Encoding.UTF8.GetBytes($"{purpose}\n{seed}\n{attempt}\n{key}"));
}
