using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailMarketing.Engine;

namespace MailMarketing;

/// <summary>Writes a dry run as lines of JSON. The manifest is the SHA-256 of all lines before the last.</summary>
internal sealed class DryRunWriter(Stream output) : IDisposable
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _lines = new();
    private long _send;
    private long _suppressed;
    private long _errors;

    /// <summary>Adds the line of one recipient.</summary>
    /// <param name="member">The recipient.</param>
    /// <param name="prepared">Its message, or why there is none; null where it is sent nothing.</param>
    public void Add(AudienceMember member, PreparedMessage? prepared) => Write(line =>
    {
        if (member.Contact.Id > 0)
        {
            line.WriteNumber("contactId", member.Contact.Id);
        }
        else
        {
            line.WriteNull("contactId");
        }

        line.WriteString("email", member.Contact.Email);
        if (member.Withheld is { } why)
        {
            _suppressed++;
            line.WriteString("decision", "suppressed");
            line.WriteString("reason", why);
        }
        else if (prepared?.Message is { } message)
        {
            _send++;
            line.WriteString("decision", "send");
            line.WriteString("sha256", MessageHash.Of(message));
        }
        else
        {
            _errors++;
            line.WriteString("decision", "error");
            line.WriteString("reason", prepared?.Error);
        }
    });

    /// <summary>Sends the lines so far on their way.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        _hash.AppendData(_lines.WrittenSpan);
        await SendAsync(cancellationToken);
    }

    /// <summary>Writes the total as the last line.</summary>
    public async Task<DryRun> EndAsync(DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var run = new DryRun
        {
            Manifest = $"sha256:{Convert.ToHexStringLower(_hash.GetHashAndReset())}",
            Total = _send + _suppressed + _errors,
            Send = _send,
            Suppressed = _suppressed,
            Errors = _errors,
            At = at,
        };
        Write(line =>
        {
            line.WriteNumber("total", run.Total);
            line.WriteNumber("send", run.Send);
            line.WriteNumber("suppressed", run.Suppressed);
            line.WriteNumber("errors", run.Errors);
            if (at is { } clock)
            {
                line.WriteString("at", clock);
            }

            line.WriteString("manifest", run.Manifest);
        });
        await SendAsync(cancellationToken);
        return run;
    }

    public void Dispose() => _hash.Dispose();

    private void Write(Action<Utf8JsonWriter> members)
    {
        using (var line = new Utf8JsonWriter(_lines, Options))
        {
            line.WriteStartObject();
            members(line);
            line.WriteEndObject();
        }

        _lines.Write("\n"u8);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(_lines.WrittenMemory, cancellationToken);
        _lines.ResetWrittenCount();
    }
}
