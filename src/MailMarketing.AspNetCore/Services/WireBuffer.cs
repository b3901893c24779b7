using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Writes bodies with one writer and one buffer that are used again: a batch of megabytes grows no new ones each time.</summary>
internal sealed class WireBuffer : IDisposable
{
    private const int LargestKept = 4 * 1024 * 1024;

    // Not for HTML: other scripts go as UTF-8 and not as six characters each
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static WireBuffer? _spare;

    private readonly ArrayBufferWriter<byte> _bytes = new(16 * 1024);
    private readonly Utf8JsonWriter _json;

    private WireBuffer() => _json = new Utf8JsonWriter(_bytes, Options);

    /// <summary>The bytes of one body; a copy, since an attempt given up may still be read from after the call.</summary>
    public static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = Interlocked.Exchange(ref _spare, null) ?? new WireBuffer();
        try
        {
            write(buffer._json, value);
            buffer._json.Flush();
            return buffer._bytes.WrittenSpan.ToArray();
        }
        finally
        {
            buffer.GiveBack();
        }
    }

    public void Dispose() => _json.Dispose();

    private void GiveBack()
    {
        var fits = _bytes.Capacity <= LargestKept;

        // Cleared, not only reset: bodies hold addresses and credentials
        _bytes.Clear();
        _json.Reset();
        var surplus = fits ? Interlocked.Exchange(ref _spare, this) : this;
        surplus?.Dispose();
    }
}
