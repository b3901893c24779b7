using Npgsql;

namespace MailMarketing.EndToEnd;

/// <summary>Makes many people quickly, inside of PostgreSQL.</summary>
internal static class Crowd
{
    /// <summary>Adds people to a schema and a segment of them all; gives the segment.</summary>
    public static async Task<long> AddAsync(NpgsqlConnection connection, string schema, int people)
    {
        await RunAsync(
            connection,
            $$"""
            INSERT INTO {{schema}}.contact (email, email_key, name, first_name, name_key, first_name_key, attributes, created_at, updated_at)
            SELECT 'person' || n || '@example.org', 'person' || n || '@example.org', 'Ada Lovelace ' || n, 'Ada' || n,
                'ada lovelace ' || n, 'ada' || n,
                jsonb_build_object('city', 'Ulm', 'path', 'story', 'title', 'Story <1>', 'points', '1200', 'plan', 'Plus & more', 'sender', 'Ada'),
                now(), now()
            FROM generate_series(1, {{people}}) n;
            INSERT INTO {{schema}}.contact_count (shard, n) VALUES (16, {{people}});
            INSERT INTO {{schema}}.segment (name, name_key, created_at) VALUES ('All', 'all', now()) ON CONFLICT DO NOTHING;
            INSERT INTO {{schema}}.segment_member (segment_id, contact_id)
            SELECT s.id, c.id FROM {{schema}}.contact c, {{schema}}.segment s WHERE s.name = 'All' ORDER BY c.id;
            ANALYZE {{schema}}.contact;
            ANALYZE {{schema}}.segment_member;
            """);
        await using var command = new NpgsqlCommand($"SELECT id FROM {schema}.segment WHERE name = 'All'", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
