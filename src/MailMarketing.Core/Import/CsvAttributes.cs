using System.Buffers;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace MailMarketing;

/// <summary>The columns of a CSV file that become attributes, written as JSON straight from the file's bytes.</summary>
internal sealed class CsvAttributes
{
    // The longest that a byte becomes in JSON
    private const int Longest = 6;

    private readonly ArrayBufferWriter<byte> _json = new(1024);
    private readonly Utf8JsonWriter _writer;
    private readonly (int Index, JsonEncodedText Name)[] _columns;

    /// <param name="columns">Their places in the file, and their names.</param>
    public CsvAttributes(IEnumerable<(int Index, string Name)> columns)
    {
        _writer = Storage.Json.Writer(_json);

        // In the order that PostgreSQL keeps them in, so that it is cheap to see whether anything changed
        _columns = [.. columns.OrderBy(column => Encoding.UTF8.GetByteCount(column.Name)).ThenBy(column => column.Name, StringComparer.Ordinal)
            .Select(column => (column.Index, Storage.Json.Name(column.Name)))];
    }

    /// <summary>The attributes of the present row.</summary>
    public IReadOnlyDictionary<string, JsonElement> Read(CsvReader row)
    {
        var (any, isDoubtful) = (false, false);
        foreach (var (index, name) in _columns)
        {
            // An empty cell says nothing, so that a second import with fewer facts keeps those there are.
            if (index >= row.FieldCount || row.GetSpan(index) is not { IsEmpty: false } value)
            {
                continue;
            }

            if (!any)
            {
                _json.ResetWrittenCount();
                _writer.Reset();
                _writer.WriteStartObject();
                any = true;
            }

            _writer.WriteString(name, value);
            isDoubtful |= value.Contains((byte)0);
        }

        if (!any)
        {
            return JsonAttributes.None;
        }

        _writer.WriteEndObject();
        _writer.Flush();
        var written = new JsonAttributes(Encoding.UTF8.GetString(_json.WrittenSpan));
        return isDoubtful || _json.WrittenCount > Limits.Attributes / Longest ? new Dictionary<string, JsonElement>(written) : written;
    }
}
