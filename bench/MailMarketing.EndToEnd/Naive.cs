using Npgsql;

namespace MailMarketing.EndToEnd;

/// <summary>What many write first: a row is read, the template parsed, the email sent, the row written; then the next.</summary>
internal sealed class Naive(string postgres, Uri gateway) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task SendAsync(int people)
    {
        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await RunAsync(
            connection,
            $"""
            DROP TABLE IF EXISTS naive;
            CREATE TABLE naive (id int PRIMARY KEY, email text NOT NULL, state text NOT NULL);
            INSERT INTO naive SELECT n, 'person' || n || '@example.org', 'waiting' FROM generate_series(1, {people}) n;
            """);
        for (var left = people; left > 0; left--)
        {
            var (id, email) = await NextAsync(connection);
            await SendAsync(id, email);
            await RunAsync(connection, $"UPDATE naive SET state = 'sent' WHERE id = {id}");
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(int id, string email)
    {
        using var request = Message.Request(gateway, Message.Body(email), $"naive-{id}");
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(int Id, string Email)> NextAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT id, email FROM naive WHERE state = 'waiting' ORDER BY id LIMIT 1", connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt32(0), reader.GetString(1));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
