using MailMarketing.Engine;

namespace MailMarketing.Core.Tests.Engine;

/// <summary>Ready-made things for the engine's tests.</summary>
internal static class Make
{
    public static readonly FrozenContent Content = new()
    {
        Source = new() { Subject = "Hello {name}", Html = "<p>{name}</p>", Language = "test" },
        From = new("Shop", "shop@example.org"),
        FrozenAt = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public static SendJob Job(long id, int attempts = 0, string? name = null, FrozenContent? content = null) => new()
    {
        QueueId = id,
        JobId = JobId.Of(id),
        CampaignId = "1",
        Content = content ?? Content,
        IdempotencyKey = $"key-{id}",
        Status = new(1, DeliveryState.Pending, attempts),
        Fields = new Dictionary<string, object?> { ["email"] = $"r{id}@example.org", ["name"] = name ?? $"R{id}" },
    };
}
