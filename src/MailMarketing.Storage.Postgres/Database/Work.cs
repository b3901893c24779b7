using System.Data.Common;
using Dapper;
using Npgsql;

namespace MailMarketing.Storage.Postgres;

/// <summary>Statements on one connection, in a transaction where something is written.</summary>
/// <param name="connection">Open.</param>
/// <param name="now">The present time as SQL.</param>
/// <param name="cancellationToken">Ends what is running.</param>
internal sealed class Work(NpgsqlConnection connection, string now, CancellationToken cancellationToken)
{
    /// <summary>The present time as an SQL expression.</summary>
    public string Now => now;

    /// <summary>Deliveries that this transaction moves between states; counted once, at its end.</summary>
    public Moves Moves { get; } = new();

    public async Task<List<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    /// <summary>As <see cref="ListAsync"/>, for rows so many that finding their properties by name is worth avoiding.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, object? parameters, Func<DbDataReader, T> row)
    {
        await using var reader = await connection.ExecuteReaderAsync(Command(sql, parameters));
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    /// <summary>Gives the number of rows changed.</summary>
    public Task<int> RunAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    /// <summary>As <see cref="RunAsync"/>, for what takes as long as it has rows: a campaign's whole audience.</summary>
    public Task<int> RunLongAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters, timeout: 0));

    /// <summary>As <see cref="ListAsync"/>, for what takes as long as it has rows.</summary>
    public async Task<List<T>> ListLongAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters, timeout: 0))).AsList();

    /// <summary>Sends rows in one stream.</summary>
    /// <param name="target">The table and its columns.</param>
    /// <param name="rows">Values of exactly the columns' types.</param>
    public async Task<int> CopyAsync(string target, IReadOnlyCollection<object?[]> rows)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {target} FROM STDIN (FORMAT binary)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.WriteRowAsync(cancellationToken, row);
        }

        await copy.CompleteAsync(cancellationToken);
        return rows.Count;
    }

    /// <summary>Sends rows in one stream, each by what writes its values in turn.</summary>
    /// <param name="target">The table and its columns.</param>
    /// <param name="width">How many columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="write">Writes one of them: values of exactly the columns' types.</param>
    public async Task CopyAsync<T>(string target, short width, IEnumerable<T> rows, Action<CopyWriter, T> write)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync($"COPY {target} FROM STDIN (FORMAT binary)", cancellationToken);
        var writer = new CopyWriter(width);
        foreach (var row in rows)
        {
            writer.Begin();
            write(writer, row);
            if (writer.IsFull)
            {
                await copy.WriteAsync(writer.Take(), cancellationToken);
            }
        }

        writer.End();
        await copy.WriteAsync(writer.Take(), cancellationToken);
    }

    /// <summary>Reads rows one by one, for what reads many and keeps little.</summary>
    /// <param name="sql">With a parameter $1.</param>
    /// <param name="parameter">Its value.</param>
    /// <param name="read">Takes one row.</param>
    public async Task EachAsync(string sql, string[] parameter, Action<NpgsqlDataReader> read)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = parameter });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            read(rows);
        }
    }

    /// <summary>A number to lock a thing of this schema by, until the transaction ends.</summary>
    public static string LockOf(string thing) => $"hashtextextended(current_schema() || '.{thing}', 0)";

    private CommandDefinition Command(string sql, object? parameters, int? timeout = null) =>
        new(sql, parameters, commandTimeout: timeout, cancellationToken: cancellationToken);
}
