using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>How many deliveries of a campaign are in each state, as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record CountsView
{
    [Description("The frozen audience: everyone in one of the states. 0 before the start.")]
    public required long Planned { get; init; }

    public required long Pending { get; init; }

    public required long Sending { get; init; }

    public required long Retry { get; init; }

    public required long Success { get; init; }

    public required long Failure { get; init; }

    public required long AuthFailure { get; init; }

    public required long Suppressed { get; init; }

    public required long Cancelled { get; init; }

    public required long Unknown { get; init; }

    [Description("Those for whom something is still to happen: pending, sending and retry together.")]
    public required long Waiting { get; init; }

    public static CountsView Of(DeliveryCounts counts) => new()
    {
        Planned = counts.Planned,
        Pending = counts.Pending,
        Sending = counts.Sending,
        Retry = counts.Retry,
        Success = counts.Success,
        Failure = counts.Failure,
        AuthFailure = counts.AuthFailure,
        Suppressed = counts.Suppressed,
        Cancelled = counts.Cancelled,
        Unknown = counts.Unknown,
        Waiting = counts.Waiting,
    };
}
