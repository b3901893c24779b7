using CsvHelper;

namespace MailMarketing;

/// <summary>Writes the rows of a CSV file to the store, batch by batch, and keeps the import's progress.</summary>
/// <remarks>While one batch is written the next one is read: two of them are in memory, whatever the file.</remarks>
internal sealed class ImportRun(IContactStore contacts, long? segmentId, IProgress<ContactImport>? progress, TimeProvider time)
{
    private const int BatchSize = 5000;
    private const int BatchCharacters = 512 * 1024;
    private const int ToldEvery = 1000;
    private const int MaxErrors = 100;

    private readonly List<string> _errors = [];
    private List<ContactData> _batch = new(BatchSize);
    private int _characters;
    private int _rows;
    private int _rejected;
    private Task<UpsertCounts> _writing = Task.FromResult(new UpsertCounts(0, 0, 0));
    private Task<ContactImport>? _saving;
    private ContactImport _import = new() { State = ImportState.Running };

    public async Task<ContactImport> RunAsync(ContactCsv file, CancellationToken cancellationToken)
    {
        _import = await contacts.SaveImportAsync(_import with { StartedAt = time.GetUtcNow() }, cancellationToken);
        try
        {
            await ReadAsync(file, cancellationToken);
            await FlushAsync(cancellationToken);
            await SettleAsync();
            return await EndAsync(ImportState.Completed);
        }
        catch (CsvFormatException exception)
        {
            // What was read before is sound; the rest is one row without an end.
            _rows++;
            Refuse($"The rest of the file cannot be read: {exception.Message}");
            await FlushAsync(cancellationToken);
            await SettleAsync();
            return await EndAsync(ImportState.Failed);
        }
        catch
        {
            await EndAsync(ImportState.Failed);
            throw;
        }
    }

    private async Task ReadAsync(ContactCsv file, CancellationToken cancellationToken)
    {
        await foreach (var row in file.ReadRowsAsync(cancellationToken))
        {
            _rows++;
            if (row.Contact is { } contact)
            {
                await AddAsync(contact, cancellationToken);
            }
            else
            {
                Refuse($"Line {row.Line}: {row.Mistake}");
            }

            if (_rows % ToldEvery == 0)
            {
                progress?.Report(Now());
            }
        }
    }

    private async Task AddAsync(ContactData contact, CancellationToken cancellationToken)
    {
        _batch.Add(contact);
        _characters += contact.Email.Length + (contact.Attributes is JsonAttributes attributes ? attributes.Text.Length : Limits.Attributes);
        if (_batch.Count == BatchSize || _characters >= BatchCharacters)
        {
            await FlushAsync(cancellationToken);
        }
    }

    private void Refuse(string error)
    {
        if (_errors.Count < MaxErrors)
        {
            _errors.Add(error);
        }

        _rejected++;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        await SettleAsync();
        var batch = _batch;
        (_batch, _characters) = (new(BatchSize), 0);
        _writing = Task.Run(() => contacts.UpsertAsync(batch, segmentId, cancellationToken), cancellationToken);
        if (_saving is not null)
        {
            await _saving;
        }

        _saving = contacts.SaveImportAsync(Now(), cancellationToken);
    }

    // Waits for the batch that is being written, and counts it
    private async Task SettleAsync()
    {
        var writing = _writing;
        _writing = Task.FromResult(new UpsertCounts(0, 0, 0));
        var counts = await writing;
        _import = _import with
        {
            Added = _import.Added + counts.Added,
            Updated = _import.Updated + counts.Updated,
            Unchanged = _import.Unchanged + counts.Unchanged,
        };
    }

    // The caller may be gone by now; how the import ended is written down all the same.
    private async Task<ContactImport> EndAsync(ImportState state)
    {
        if (state == ImportState.Failed)
        {
            await SettleAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_saving is not null)
        {
            await ((Task)_saving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await contacts.SaveImportAsync(Now() with { State = state }, CancellationToken.None);
    }

    private ContactImport Now() => _import with { Rows = _rows, Rejected = _rejected, Errors = [.. _errors] };
}
