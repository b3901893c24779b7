using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>How a campaign's deliveries add up, as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record ReconciliationView
{
    [Description("How many deliveries the start planned.")]
    public required long Planned { get; init; }

    [Description("The deliveries in each state, counted one by one, by the names that counts have; together they are planned.")]
    public required IReadOnlyDictionary<string, long> ByState { get; init; }

    [Description("How many the queue still holds, those handed over to the sending side included.")]
    public required long Outstanding { get; init; }

    [Description("What does not add up, each in a sentence; empty where all is well.")]
    public required IReadOnlyList<string> Differences { get; init; }

    public required DateTimeOffset CheckedAt { get; init; }

    public static ReconciliationView Of(Reconciliation found) => new()
    {
        Planned = found.Planned,
        ByState = Enum.GetValues<DeliveryState>().ToDictionary(Name, found.ByState.In),
        Outstanding = found.Outstanding,
        Differences = found.Differences,
        CheckedAt = found.CheckedAt,
    };

    private static string Name(DeliveryState state) => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
