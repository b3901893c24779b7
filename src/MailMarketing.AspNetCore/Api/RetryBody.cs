using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>What is tried again, as the API takes it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record RetryBody
{
    [Description("Only these deliveries, unknown ones too; all that failed where it is not given.")]
    public IReadOnlyList<long>? DeliveryIds { get; init; }
}
