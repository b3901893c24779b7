using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Simulation;

/// <summary>A queue without a fence: whoever writes is taken for the one who holds the row now.</summary>
internal sealed class Unfenced(ISendQueue queue, string connection, string table) : ISendQueue
{
    public Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => queue.ClaimAsync(request, cancellationToken);

    public async Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken)
    {
        var marked = new HashSet<long>();
        foreach (var rows in ByHolder(queueIds))
        {
            marked.UnionWith(await queue.MarkAsync(rows.Key, [.. rows], cancellationToken));
        }

        return marked;
    }

    public async Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken)
    {
        var stale = 0;
        foreach (var rows in ByHolder(results.Select(result => result.QueueId)))
        {
            var ids = rows.ToHashSet();
            stale += await queue.CompleteAsync(rows.Key, [.. results.Where(result => ids.Contains(result.QueueId))], cancellationToken);
        }

        return stale;
    }

    public async Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken)
    {
        foreach (var rows in ByHolder(queueIds))
        {
            await queue.ReleaseAsync(rows.Key, [.. rows], cancellationToken);
        }
    }

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => Task.FromResult(true);

    private List<IGrouping<long, long>> ByHolder(IEnumerable<long> ids)
    {
        using var database = new SqliteConnection(connection);
        return [.. ids.GroupBy(id => database.ExecuteScalar<long>($"SELECT fence FROM {table} WHERE id = @id", new { id }))];
    }
}
