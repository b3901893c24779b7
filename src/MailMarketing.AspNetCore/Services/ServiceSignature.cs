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
    private readonly byte[][]? _keys;
    private readonly SeenIds _seen;

    public ServiceSignature(IOptions<ServiceOptions> options, TimeProvider time)
        : this(options, time, new SeenIds())
    {
    }

    internal ServiceSignature(IOptions<ServiceOptions> options, TimeProvider time, SeenIds seen)
    {
        (_time, _seen) = (time, seen);
        _keys = options.Value.ServiceKey is { Length: > 0 } secret
            ? [Derive(secret, "mailmarketing/v1/to-email-client"), Derive(secret, "mailmarketing/v1/to-web")]
            : null;
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
    public bool HasKey => _keys is not null;

    /// <summary>The headers for a call that leaves now.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="method">GET, POST, PATCH.</param>
    /// <param name="path">The request target: path and query as they stand on the wire.</param>
    /// <param name="body">The raw body; empty where there is none.</param>
    public SignedHeaders Sign(ServiceDirection direction, string method, string path, ReadOnlySpan<byte> body)
    {
        var id = "msg_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds();
        return new SignedHeaders(id, timestamp, Version + Convert.ToBase64String(Compute(direction, id, timestamp, method, path, body)));
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

        if (!AnyMatches(headers.Signature, Compute(direction, headers.Id, headers.Timestamp, method, path, body)))
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

    private byte[] Compute(
        ServiceDirection direction, string id, long timestamp, string method, string path, ReadOnlySpan<byte> body)
    {
        var keys = _keys ?? throw new InvalidOperationException("There is no service key to sign or verify with: set ServiceKey.");
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keys[(int)direction]);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{method} {path}.")));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
