using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MailMarketing.Storage.Postgres;

/// <summary>Writes rows as COPY takes them in its binary format: half the cost of the driver's own writer, which asks each value its type.</summary>
/// <param name="width">How many columns a row has.</param>
internal sealed class CopyWriter(short width)
{
    private const int Part = 32 * 1024;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ArrayBufferWriter<byte> _out = new(Part);
    private bool _hasBegun;

    public bool IsFull => _out.WrittenCount >= Part * 3 / 4;

    /// <summary>What was written since it was last asked; good until the next row.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var written = _out.WrittenMemory;
        _out.ResetWrittenCount();
        return written;
    }

    public void Begin()
    {
        BeginStream();
        BinaryPrimitives.WriteInt16BigEndian(Space(2), width);
    }

    public void Text(string? text)
    {
        if (text is null)
        {
            BinaryPrimitives.WriteInt32BigEndian(Space(4), -1);
            return;
        }

        var span = _out.GetSpan(4 + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, span[4..]);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        _out.Advance(4 + length);
    }

    public void Jsonb(string json)
    {
        var span = _out.GetSpan(5 + Encoding.UTF8.GetMaxByteCount(json.Length));
        var length = Encoding.UTF8.GetBytes(json, span[5..]);
        BinaryPrimitives.WriteInt32BigEndian(span, 1 + length);

        // The version of the format
        span[4] = 1;
        _out.Advance(5 + length);
    }

    public void Boolean(bool value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Space(4), 1);
        Space(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Smallint(short value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Space(4), 2);
        BinaryPrimitives.WriteInt16BigEndian(Space(2), value);
    }

    public void Bigint(long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Space(4), 8);
        BinaryPrimitives.WriteInt64BigEndian(Space(8), value);
    }

    /// <summary>In microseconds.</summary>
    public void Timestamp(DateTime utc) => Bigint((utc - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);

    public void End()
    {
        BeginStream();
        BinaryPrimitives.WriteInt16BigEndian(Space(2), -1);
    }

    private void BeginStream()
    {
        if (!_hasBegun)
        {
            // The signature, no flags, no extension
            _out.Write("PGCOPY\n"u8);
            _out.Write((ReadOnlySpan<byte>)[0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0]);
            _hasBegun = true;
        }
    }

    private Span<byte> Space(int length)
    {
        var span = _out.GetSpan(length);
        _out.Advance(length);
        return span;
    }
}
