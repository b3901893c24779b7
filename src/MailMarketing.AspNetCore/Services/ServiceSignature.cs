using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace MailMarketing.AspNetCore;

/// <summary>
/// Signs and verifies calls between the services: <c>v1,base64(HMAC-SHA256(key, id.timestamp.METHOD path.body))</c>, one key per
/// direction by HKDF-SHA256 from the service key.
/// </summary>
internal sealed class ServiceSignature
{
    private const long WindowSeconds = 300;
    private const string Version = "v1,";

    private readonly TimeProvider _time;
    // By direction; the one to sign with first, then the one before it while the service key is being changed
    private readonly byte[][][] _keys;
    private readonly SeenIds _seen;

    public ServiceSignature(IOptions<ServiceOptions> options, TimeProvider time)
        : this(options, time, new SeenIds())
    {
    }

    internal ServiceSignature(IOptions<ServiceOptions> options, TimeProvider time, SeenIds seen)
    {
        (_time, _seen) = (time, seen);
        string[] secrets = [.. new[] { options.Value.ServiceKey, options.Value.PreviousServiceKey }.OfType<string>().Where(secret => secret.Length > 0)];
        _keys =
        [
            [.. secrets.Select(secret => Derive(secret, "mailmarketing/v1/to-email-client"))],
            [.. secrets.Select(secret => Derive(secret, "mailmarketing/v1/to-web"))],
        ];
    }

    public enum Verdict
    {
        Right,
        OutsideWindow,
        Wrong,
        Repeated,
        Busy,
    }

    /// <summary>Whether there is a service key.</summary>
    public bool HasKey => _keys[0].Length > 0;

    /// <summary>The headers for a call that leaves now.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="method">GET, POST, PATCH.</param>
    /// <param name="path">The request target: path and query as they stand on the wire.</param>
    /// <param name="body">The raw body; empty where there is none.</param>
    public SignedHeaders Sign(ServiceDirection direction, string method, string path, ReadOnlySpan<byte> body)
    {
        var id = "msg_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        var signatures = new List<string>();
        foreach (var key in KeysOf(direction))
        {
            signatures.Add(Version + Convert.ToBase64String(Compute(key, id, timestamp, method, path, body)));
        }

        return new SignedHeaders(id, timestamp, string.Join(' ', signatures));
    }

    /// <summary>Whether the timestamp is believed at all: asked first, so that a body is only read for calls that may still pass.</summary>
    public bool IsTimely(SignedHeaders headers) =>
        headers.Timestamp >= Now - WindowSeconds && headers.Timestamp <= Now + WindowSeconds;

    public Verdict Verify(ServiceDirection direction, SignedHeaders headers, string method, string path, ReadOnlySpan<byte> body)
    {
        if (!IsTimely(headers))
        {
            return Verdict.OutsideWindow;
        }

        var isRight = false;
        foreach (var key in KeysOf(direction))
        {
            isRight |= AnyMatches(headers.Signature, Compute(key, headers.Id, headers.Timestamp, method, path, body));
        }

        if (!isRight)
        {
            return Verdict.Wrong;
        }

        // Only now: a caller without the key must not be able to fill the memory or to burn somebody else's id
        return _seen.Note(headers.Id, headers.Timestamp + WindowSeconds, Now) switch
        {
            SeenIds.Answer.New => Verdict.Right,
            SeenIds.Answer.Repeated => Verdict.Repeated,
            _ => Verdict.Busy,
        };
    }

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    private static byte[] Derive(string secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, salt: null, Encoding.UTF8.GetBytes(purpose));

    /// <summary>A header may list several signatures, as while keys are changed.</summary>
    private static bool AnyMatches(string header, ReadOnlySpan<byte> expected)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var part in header.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(part[Version.Length..], given, out var length)
                && CryptographicOperations.FixedTimeEquals(given[..length], expected))
            {
                return true;
            }
        }

        return false;
    }

    private byte[][] KeysOf(ServiceDirection direction) =>
        HasKey ? _keys[(int)direction] : throw new InvalidOperationException("There is no service key to sign or verify with: set ServiceKey.");

    private static byte[] Compute(byte[] key, string id, long timestamp, string method, string path, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{method} {path}.")));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
