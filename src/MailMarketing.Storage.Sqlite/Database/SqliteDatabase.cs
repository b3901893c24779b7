using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>
/// One SQLite file: a single writing connection, pooled ones for reading, its schema brought up to date on first use.
/// SQLite's clock is the machine's, so the application's clock decides leases here.
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int BusySeconds = 30;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly string _connectionString;
    private readonly string _schema;
    private readonly TimeProvider _time;
    private SqliteConnection? _writer;
    private volatile bool _ready;
    private bool _disposed;

    public SqliteDatabase(string connectionString, string schema, TimeProvider time)
    {
        var settings = Judge(connectionString);
        (_connectionString, _schema, _time) = (settings.ToString(), schema, time);
        Path = System.IO.Path.GetFullPath(settings.DataSource);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Now, in Unix milliseconds.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Refuses what would not last.</summary>
    public static SqliteConnectionStringBuilder Judge(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = BusySeconds };
        return settings.Mode == SqliteOpenMode.Memory || settings.DataSource is "" or ":memory:"
            ? throw new ArgumentException("Mail must survive a restart: name a file, as in \"Data Source=mail.db\".", nameof(connectionString))
            : settings;
    }

    /// <summary>Runs reads that see one state of the database.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Guard(() =>
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            return InTransaction(connection, "BEGIN", read);
        });
    }

    /// <summary>Runs reads and writes as one transaction; an exception undoes all of it.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken) =>
        WriteAsync(() => _writer ??= OpenWriter(), write, cancellationToken);

    /// <summary>The same on a connection from <see cref="OpenAsync"/>.</summary>
    public Task<T> WriteAsync<T>(SqliteConnection connection, Func<SqliteConnection, T> write, CancellationToken cancellationToken) =>
        WriteAsync(() => connection, write, cancellationToken);

    /// <summary>Opens a connection for one caller alone; temporary tables go when it is disposed.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return Guard(OpenWriter);
    }

    /// <summary>Does something on a connection from <see cref="OpenAsync"/> and tells what fails as every other call does.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            throw Wrap(exception);
        }
    }

    /// <summary>Waits for a write that is not through: Dapper opens a closed connection again, and would commit each statement left by itself.</summary>
    public void Dispose()
    {
        _writing.Wait();
        _disposed = true;
        _writer?.Dispose();
        _writing.Release();
    }

    private static T InTransaction<T>(SqliteConnection connection, string begin, Func<SqliteConnection, T> work)
    {
        connection.Run(begin);
        try
        {
            var result = work(connection);
            connection.Run("COMMIT");
            return result;
        }
        catch
        {
            // SQLite undoes some failed transactions by itself, and then there is nothing left to undo
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
            {
                connection.Run("ROLLBACK");
            }

            throw;
        }
    }

    private async Task<T> WriteAsync<T>(
        Func<SqliteConnection> connection, Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Guard(() => InTransaction(connection(), "BEGIN IMMEDIATE", write));
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_ready)
        {
            return;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!_ready)
            {
                await SqliteMigrator.UpgradeAsync(Path, _connectionString, _schema, cancellationToken);
                _ready = true;
            }
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw Wrap(exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    private SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(_connectionString) { Pooling = false }.ToString());
        connection.Open();
        // NORMAL with a write-ahead log: what was committed survives the death of the process, at any point. A power cut may lose
        // the last commits, never the file; FULL would cost a disk flush for every slice of mail.
        connection.Run("PRAGMA synchronous = NORMAL");
        // What many rows touch stays in memory (16 MB) and is copied from the log once, not after every batch
        connection.Run("PRAGMA cache_size = -16384");
        connection.Run("PRAGMA wal_autocheckpoint = 8000");
        return connection;
    }

    private MailMarketingException Wrap(Exception exception) =>
        new($"The database {Path} could not be used: {exception.Message} Check that the file is writable and the disk not full.", exception);
}
