using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>
/// A sending side's queue. Each operation is one script, which nothing comes between. A job waits in the sorted set of its lane and
/// campaign by when it is due; while it is claimed that is the end of its lease, so that an expired lease is simply due again.
/// </summary>
internal sealed partial class RedisIntakeQueue(RedisDatabase database, IEnumerable<Lane> lanes) : ISendIntake
{
    // Longer lists go to the server in blocks, so that others get their turn
    private const int Block = 1000;

    // A campaign without a lane goes through the first one
    private readonly string? _defaultLane = lanes.FirstOrDefault()?.Name;

    public async Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        var isDefault = request.Lane.Length == 0 || request.Lane == _defaultLane;
        var claim = await database.RunAsync(
            Scripts.Claim, [request.Lane, isDefault, request.Max, Milliseconds(request.Lease), request.Mark], cancellationToken);
        return claim.IsNull ? null : ClaimedBlock.Read(claim);
    }

    public async Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken)
    {
        var marked = await database.RunAsync(Scripts.Mark, [fence, .. Values(queueIds)], cancellationToken);
        return ((long[])marked!).ToHashSet();
    }

    public async Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) =>
        (int)await database.RunAsync(Scripts.Complete, [fence, .. results.SelectMany(Values)], cancellationToken);

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        database.RunAsync(Scripts.Release, [fence, .. Values(queueIds)], cancellationToken);

    public async Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) =>
        (int)await database.RunAsync(Scripts.Renew, [fence, Milliseconds(lease)], cancellationToken) > 0;

    private static IEnumerable<RedisValue> Values(IEnumerable<long> ids) => ids.Select(id => (RedisValue)id);

    private static RedisValue[] Values(SendResult result) =>
    [
        result.QueueId,
        result.Status.Round,
        (int)result.Status.State,
        result.Status.Attempts,
        result.Spent,
        result.Refusals,
        result.Ambiguous ? 1 : "",
        Milliseconds(result.RetryAfter),
        result.MessageId ?? "",
        result.Error ?? "",
    ];

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
