using CsvHelper;

namespace MailMarketing;

/// <summary>Writes the rows of a CSV file to the store, batch by batch, and keeps the import's progress.</summary>
internal sealed class ImportRun(IContactStore contacts, long? segmentId, IProgress<ContactImport>? progress, TimeProvider time)
{
    private const int BatchSize = 1000;
    private const int MaxErrors = 100;

    private readonly List<ContactData> _batch = new(BatchSize);
    private readonly List<string> _errors = [];
    private ContactImport _import = new() { State = ImportState.Running };

    public async Task<ContactImport> RunAsync(ContactCsv file, CancellationToken cancellationToken)
    {
        _import = await contacts.SaveImportAsync(_import with { StartedAt = time.GetUtcNow() }, cancellationToken);
        try
        {
            await foreach (var row in file.ReadRowsAsync(cancellationToken))
            {
                await AddAsync(row, cancellationToken);
                if (_import.Rows % BatchSize == 0)
                {
                    progress?.Report(_import);
                }
            }

            await FlushAsync(cancellationToken);
            return await EndAsync(ImportState.Completed);
        }
        catch (CsvFormatException exception)
        {
            // What was read before is sound; the rest is one row without an end.
            _import = _import with { Rows = _import.Rows + 1 };
            Refuse($"The rest of the file cannot be read: {exception.Message}");
            await FlushAsync(cancellationToken);
            return await EndAsync(ImportState.Failed);
        }
        catch
        {
            await EndAsync(ImportState.Failed);
            throw;
        }
    }

    private async Task AddAsync(CsvRow row, CancellationToken cancellationToken)
    {
        _import = _import with { Rows = _import.Rows + 1 };
        if (row.Contact is null)
        {
            Refuse($"Line {row.Line}: {row.Mistake}");
            return;
        }

        _batch.Add(row.Contact);
        if (_batch.Count == BatchSize)
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

        _import = _import with { Rejected = _import.Rejected + 1 };
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0)
        {
            var counts = await contacts.UpsertAsync(_batch, segmentId, cancellationToken);
            _batch.Clear();
            _import = _import with
            {
                Added = _import.Added + counts.Added,
                Updated = _import.Updated + counts.Updated,
                Unchanged = _import.Unchanged + counts.Unchanged,
            };
            await SaveAsync(cancellationToken);
        }
    }

    // The caller may be gone by now; how the import ended is written down all the same.
    private Task<ContactImport> EndAsync(ImportState state)
    {
        _import = _import with { State = state };
        return SaveAsync(CancellationToken.None);
    }

    private async Task<ContactImport> SaveAsync(CancellationToken cancellationToken) =>
        _import = await contacts.SaveImportAsync(_import with { Errors = [.. _errors] }, cancellationToken);
}
