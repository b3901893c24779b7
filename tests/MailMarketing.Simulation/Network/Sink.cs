using System.Security.Cryptography;
using System.Text;

namespace MailMarketing.Simulation;

/// <summary>The gateway's own side, which never fails by itself: it takes messages, knows keys for 24 hours and remembers all it saw.</summary>
internal sealed class Sink(World world, Plan plan)
{
    private static readonly TimeSpan KeyLife = TimeSpan.FromHours(24);

    private readonly DateTimeOffset _start = world.Now;
    private readonly Dictionary<string, (string Bytes, string Id, DateTimeOffset At)> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inWork = new(StringComparer.Ordinal);

    /// <summary>Where its own steps happen.</summary>
    public Machine Machine { get; } = new(world, "gateway");

    /// <summary>Every request that arrived, in order.</summary>
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>The password it takes.</summary>
    public string Password => world.Now - _start >= plan.Refusal.From && plan.Refusal.To > TimeSpan.Zero ? "new" : "old";

    /// <summary>Answers one request, after a while.</summary>
    public async Task<GatewayResult> ReceiveAsync(EmailMessage message, string? password, bool alwaysRejected)
    {
        var (key, bytes) = (message.IdempotencyKey, Hash(message));
        if (password != Password)
        {
            return Seen(key, bytes, new GatewayResult(GatewayOutcome.Unauthorized, "401"));
        }

        // The front door knows no keys
        if (world.Now - _start is var since && since >= plan.Outage.From && since < plan.Outage.To)
        {
            return Seen(key, bytes, new GatewayResult(plan.IsLong ? GatewayOutcome.Throttled : GatewayOutcome.Deferred, "503"));
        }

        if (Earlier(key, bytes) is { } known)
        {
            return Seen(key, bytes, known, isReplay: known.Outcome == GatewayOutcome.Accepted);
        }

        if (plan.Keyed && !_inWork.Add(key))
        {
            return Seen(key, bytes, new GatewayResult(GatewayOutcome.InProgress, "409"));
        }

        await Task.Delay(world.Between(0, 20), Machine.Time, CancellationToken.None);
        _inWork.Remove(key);
        var answer = Decide(alwaysRejected);
        if (answer.Outcome == GatewayOutcome.Accepted && plan.Keyed)
        {
            _taken[key] = (bytes, answer.MessageId!, world.Now);
        }

        return Seen(key, bytes, answer);
    }

    private GatewayResult? Earlier(string key, string bytes)
    {
        if (!plan.Keyed || !_taken.TryGetValue(key, out var taken) || world.Now - taken.At >= KeyLife)
        {
            return null;
        }

        return taken.Bytes == bytes
            ? GatewayResult.Accepted(taken.Id)
            : new GatewayResult(GatewayOutcome.KeyConflict, "The key came with other bytes.");
    }

    private GatewayResult Decide(bool alwaysRejected)
    {
        var since = world.Now - _start;
        if (since < plan.FaultsEnd && world.Chance(plan.Throttled))
        {
            TimeSpan? asked = world.Chance(0.7) ? TimeSpan.FromSeconds(world.Random.Next(0, 8)) : null;
            return new GatewayResult(GatewayOutcome.Throttled, "429") { RetryAfter = asked };
        }

        if (since < plan.FaultsEnd && world.Chance(plan.Deferred))
        {
            return new GatewayResult(GatewayOutcome.Deferred, "500");
        }

        return alwaysRejected ? new GatewayResult(GatewayOutcome.Rejected, "400") : GatewayResult.Accepted($"m{Arrivals.Count}");
    }

    private GatewayResult Seen(string key, string bytes, GatewayResult answer, bool isReplay = false)
    {
        Arrivals.Add(new Arrival(world.Now, key, bytes, answer.Outcome, isReplay));
        return answer;
    }

    private static string Hash(EmailMessage message) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', message.From, message.To, message.Content, string.Join('\n', message.Headers.Select(header => $"{header.Key}: {header.Value}"))))));
}
