using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace MailMarketing;

/// <summary>Reads contacts from a CSV file, row by row, in constant memory.</summary>
internal sealed class ContactCsv : IAsyncDisposable
{
    private const int MaxColumns = 500;
    private const int MaxField = 64 * 1024;

    // A quote that is never closed takes everything after it into one record; this bounds what such a file costs.
    private const int MaxRecord = 8 * 1024 * 1024;

    private static readonly string[] Known = ["", "email", "name", "firstName", "lastName", "status"];

    private readonly CsvReader _reader;
    private readonly Queue<CsvRow> _malformed = new();
    private readonly List<string> _columns = [];
    private int _email;
    private int _name;
    private int _firstName;
    private int _lastName;
    private int _status;
    private CsvAttributes _attributes = new([]);

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
        if (twice is not null)
        {
            return Refuse($"The header row names the column {twice.Key} twice.");
        }

        (_email, _name, _status) = (_columns.IndexOf("email"), _columns.IndexOf("name"), _columns.IndexOf("status"));
        (_firstName, _lastName) = (_columns.IndexOf("firstName"), _columns.IndexOf("lastName"));
        _attributes = new CsvAttributes([.. _columns.Index().Where(column => !Known.Contains(column.Item))]);
        return null;
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

        if (Judge() is { } mistake)
        {
            return new CsvRow(line, null, mistake);
        }

        if (IsUnsubscribed(Text(_status)) is not { } unsubscribed)
        {
            return new CsvRow(line, null, "The status must be subscribed or unsubscribed; give a column of another meaning another name.");
        }

        var valid = ContactRules.Check(new ContactData
        {
            Email = Text(_email) ?? "",
            Name = Text(_name),
            FirstName = Text(_firstName),
            LastName = Text(_lastName),
            Unsubscribed = unsubscribed,
            Attributes = _attributes.Read(_reader),
        });
        return valid.Succeeded ? new CsvRow(line, valid.Value, null) : new CsvRow(line, null, valid.Problem.Detail);
    }

    private string? Judge()
    {
        for (var i = 0; i < _reader.FieldCount; i++)
        {
            var span = _reader.GetSpan(i);
            if (span.Length > MaxField)
            {
                return $"Column {_columns[i]} is longer than {MaxField / 1024} KiB.";
            }

            if (!Utf8.IsValid(span))
            {
                return $"Column {_columns[i]} is not UTF-8 text.";
            }
        }

        return null;
    }

    private string? Text(int column) =>
        column < 0 || column >= _reader.FieldCount ? null : Encoding.UTF8.GetString(_reader.GetSpan(column));

    private static bool? IsUnsubscribed(string? status) => status?.Trim().ToUpperInvariant() switch
    {
        null or "" or "SUBSCRIBED" => false,
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
