using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsvHelper;

namespace MailMarketing;

/// <summary>Reads contacts from a CSV file, row by row, in constant memory.</summary>
internal sealed class ContactCsv : IAsyncDisposable
{
    private const int MaxColumns = 500;
    private const int MaxField = 64 * 1024;

    // A quote that is never closed takes everything after it into one record; this bounds what such a file costs.
    private const int MaxRecord = 8 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CsvReader _reader;
    private readonly Queue<CsvRow> _malformed = new();
    private readonly List<string> _columns = [];

    public ContactCsv(Stream csv) => _reader = CsvReader.Create(
        csv,
        new CsvReaderOptions
        {
            Separator = ',',
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecord,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = record => _malformed.Enqueue(new CsvRow(record.LineNumber, null, Explain(record.Reason))),
        },
        leaveOpen: true);

    /// <summary>Reads the header row: null where it is fit, or what is wrong with the file.</summary>
    public async Task<Problem?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _reader.ReadHeaderAsync(cancellationToken);
        }
        catch (CsvFormatException)
        {
            return Refuse("The file has no header row that can be read.");
        }

        if (_reader.Headers.Count == 0 || _malformed.Count > 0)
        {
            return Refuse("The file has no header row that can be read.");
        }

        if (_reader.Headers.Count > MaxColumns)
        {
            return Refuse($"The file has {_reader.Headers.Count} columns; at most {MaxColumns} can be imported.");
        }

        _columns.AddRange(_reader.Headers.Select(Column));
        if (!_columns.Contains("email"))
        {
            return Refuse("The header row names no column email.");
        }

        foreach (var column in _columns.Where(column => column.Length > 0))
        {
            if (column.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return Refuse("The header row is not UTF-8 text; save the file as UTF-8.");
            }

            if (TextRules.Name(column, "The name of a column") is { } mistake)
            {
                return Refuse(mistake);
            }
        }

        var twice = _columns.Where(column => column.Length > 0).GroupBy(column => column).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? null : Refuse($"The header row names the column {twice.Key} twice.");
    }

    /// <summary>All rows, refused ones too, after <see cref="ReadHeaderAsync"/>.</summary>
    /// <exception cref="CsvFormatException">The rest of the file cannot be read.</exception>
    public async IAsyncEnumerable<CsvRow> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _reader.ReadAsync(cancellationToken))
        {
            while (_malformed.TryDequeue(out var refused))
            {
                yield return refused;
            }

            yield return ReadRow();
        }

        while (_malformed.TryDequeue(out var refused))
        {
            yield return refused;
        }
    }

    public ValueTask DisposeAsync() => _reader.DisposeAsync();

    private CsvRow ReadRow()
    {
        var line = _reader.LineNumber;
        if (_reader.FieldCount > _columns.Count)
        {
            return new CsvRow(line, null, $"The row has {_reader.FieldCount} fields, the header {_columns.Count}.");
        }

        var contact = new ContactData { Email = "" };
        var attributes = new Dictionary<string, JsonElement>();
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            var span = _reader.GetSpan(i);
            if (span.Length > MaxField)
            {
                return new CsvRow(line, null, $"Column {_columns[i]} is longer than {MaxField / 1024} KiB.");
            }

            string text;
            try
            {
                text = Strict.GetString(span);
            }
            catch (DecoderFallbackException)
            {
                return new CsvRow(line, null, $"Column {_columns[i]} is not UTF-8 text.");
            }

            switch (_columns[i])
            {
                case "":
                    break;
                case "email":
                    contact = contact with { Email = text };
                    break;
                case "name":
                    contact = contact with { Name = text };
                    break;
                case "firstName":
                    contact = contact with { FirstName = text };
                    break;
                case "status":
                    if (IsUnsubscribed(text) is not { } unsubscribed)
                    {
                        return new CsvRow(
                            line, null, "The status must be subscribed or unsubscribed; give a column of another meaning another name.");
                    }

                    contact = contact with { Unsubscribed = unsubscribed };
                    break;
                case "lastName":
                    contact = contact with { LastName = text };
                    break;
                default:
                    // An empty cell says nothing, so that a second import with fewer facts keeps those there are.
                    if (text.Length > 0)
                    {
                        attributes[_columns[i]] = JsonSerializer.SerializeToElement(text);
                    }

                    break;
            }
        }

        var valid = ContactRules.Check(contact with { Attributes = attributes });
        return valid.Succeeded ? new CsvRow(line, valid.Value, null) : new CsvRow(line, null, valid.Problem.Detail);
    }

    private static bool? IsUnsubscribed(string status) => status.Trim().ToUpperInvariant() switch
    {
        "" or "SUBSCRIBED" => false,
        "UNSUBSCRIBED" => true,
        _ => null,
    };

    private static string Column(string header)
    {
        var trimmed = header.Trim();
        return trimmed.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant() switch
        {
            "EMAIL" => "email",
            "NAME" => "name",
            "FIRSTNAME" => "firstName",
            "LASTNAME" => "lastName",
            "STATUS" => "status",
            _ => trimmed,
        };
    }

    private static Problem Refuse(string mistake) =>
        Problem.Invalid("csv", $"{mistake} It must begin with a header row such as email,name,firstName,lastName.");

    private static string Explain(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "A quote is opened and never closed; everything after it belongs to this row.",
        CsvMalformedReason.StrayQuote => "A quote stands inside a field that is not quoted; put the field in quotes and double the quote.",
        CsvMalformedReason.TextAfterClosingQuote => "Text follows a closing quote; double a quote that belongs to the field.",
        _ => "The row is not valid CSV.",
    };
}
