using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace MailMarketing.Storage.Postgres;

/// <summary>One schema of a PostgreSQL database: pooled connections, brought up to date on first use.</summary>
/// <param name="connectionString">Names the database.</param>
/// <param name="part">Whose tables the schema has: <c>Web</c> or <c>Intake</c>.</param>
/// <param name="schema">The schema's name.</param>
/// <param name="clock">In place of the database's own clock, for tests.</param>
internal sealed partial class PostgresDatabase(string connectionString, string part, string schema, TimeProvider? clock) : IDisposable
{
    private const int Tries = 4;

    private readonly SemaphoreSlim _preparing = new(1);
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(Judge(connectionString, schema));
    private volatile bool _ready;

    public string Schema => schema;

    // The clock of the statement: it stands still within one, so that an index can be searched for what is due. A test's clock is
    // written into the statement, and so no statement knows that there are two
    private string Now => clock is null
        ? "statement_timestamp()"
        : string.Create(CultureInfo.InvariantCulture, $"timestamptz '{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss.ffffff}+00'");

    /// <summary>Refuses what cannot work.</summary>
    public static NpgsqlConnectionStringBuilder Judge(string connectionString, string schema)
    {
        if (!SchemaName().IsMatch(schema ?? ""))
        {
            throw new ArgumentException(
                $"\"{schema}\" is not a schema for MailMarketing: use 1 to 63 characters of a-z, 0-9 and _, no digit first, not pg_ first.",
                nameof(schema));
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema };
        if (string.IsNullOrWhiteSpace(settings.Host))
        {
            throw new ArgumentException("Name a server, as in \"Host=localhost;Database=app;Username=app\".", nameof(connectionString));
        }

        // Statements are few and run often; somebody whose pooler cannot keep them says 0 in the connection string
        if (!settings.ShouldSerialize("Max Auto Prepare"))
        {
            settings.MaxAutoPrepare = 100;
        }

        // A process that stops in the middle of a transaction must not hold its rows for ever, and statements this short are not compiled
        settings.Options ??= "-c idle_in_transaction_session_timeout=60s -c jit=off";
        settings.ApplicationName ??= "MailMarketing";
        return settings;
    }

    /// <summary>Runs reads, each of which sees one state of the database.</summary>
    public async Task<T> ReadAsync<T>(Func<Work, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await ReadAsync(connection, read, cancellationToken);
    }

    /// <summary>The same on a connection from <see cref="OpenAsync"/>; writes, too, where each is for itself.</summary>
    public async Task<T> ReadAsync<T>(NpgsqlConnection connection, Func<Work, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(new Work(connection, Now, cancellationToken));
        }
        catch (NpgsqlException exception)
        {
            throw Wrap(exception);
        }
    }

    /// <summary>Opens a connection for one caller alone, who closes it.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            throw Wrap(exception);
        }
    }

    /// <summary>
    /// Runs reads and writes as one transaction, and again where another transaction came between; an exception undoes all of it.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Work, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(null, write, cancellationToken);

    /// <summary>The same on a connection from <see cref="OpenAsync"/>.</summary>
    public async Task<T> WriteAsync<T>(NpgsqlConnection? connection, Func<Work, Task<T>> write, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await TryWriteAsync(connection, write, cancellationToken);
                }
                catch (PostgresException exception) when (tries < Tries && IsCollision(exception))
                {
                }
            }
        }
        catch (NpgsqlException exception)
        {
            throw Wrap(exception);
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _preparing.Dispose();
    }

    private async Task<T> TryWriteAsync<T>(NpgsqlConnection? own, Func<Work, Task<T>> write, CancellationToken cancellationToken)
    {
        T result;
        Work work;
        await using (var lent = own is null ? await _source.OpenConnectionAsync(cancellationToken) : null)
        {
            var connection = own ?? lent!;
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            work = new Work(connection, Now, cancellationToken);
            result = await write(work);
            await work.Moves.WriteAsync(work);
            await transaction.CommitAsync(cancellationToken);
        }

        if (work.Moves.Ended.Count > 0)
        {
            try
            {
                await Completion.CheckAsync(this, work.Moves.Ended, cancellationToken);
            }
            catch (Exception exception) when (exception is MailMarketingException or OperationCanceledException)
            {
                // What was written is written; the next claim looks for completed campaigns too
            }
        }

        return result;
    }

    // Deadlocks and lost races; what a race was lost to is seen by the next try, which then gives the answer meant for it
    private static bool IsCollision(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
        or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation;

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_ready)
        {
            return;
        }

        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_ready)
            {
                await PostgresMigrator.UpgradeAsync(Judge(connectionString, schema), part, schema, cancellationToken);
                _ready = true;
            }
        }
        catch (NpgsqlException exception)
        {
            throw Wrap(exception);
        }
        finally
        {
            _preparing.Release();
        }
    }

    private MailMarketingException Wrap(NpgsqlException exception)
    {
        var settings = Judge(connectionString, schema);
        return new(
            $"The database {settings.Database} at {settings.Host} could not be used: {exception.Message} "
            + "Check that the server runs and lets this user in.",
            exception);
    }

    [GeneratedRegex(@"\A(?!pg_)[a-z_][a-z0-9_]{0,62}\z")]
    private static partial Regex SchemaName();
}
