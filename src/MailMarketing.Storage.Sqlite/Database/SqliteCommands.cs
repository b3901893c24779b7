using Microsoft.Data.Sqlite;

namespace MailMarketing.Storage.Sqlite;

/// <summary>Commands without a mapper in between.</summary>
internal static class SqliteCommands
{
    /// <summary>Runs a statement without parameters.</summary>
    public static int Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Prepares a statement to be run once per row: far quicker than one statement over a JSON list of many rows.</summary>
    public static SqliteCommand Prepared(this SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter(parameter, DBNull.Value));
        }

        return command;
    }

    /// <summary>Runs a prepared statement with values in the order of its parameters; gives the number of rows changed.</summary>
    public static int RunWith(this SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return command.ExecuteNonQuery();
    }

    /// <summary>The next fence: greater than all before, never given twice.</summary>
    public static long NextFence(this SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE fence SET value = value + 1 RETURNING value";
        return (long)command.ExecuteScalar()!;
    }
}
