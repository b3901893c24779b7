using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>What a person found out about an unknown delivery, as the API takes it.</summary>
internal sealed record ResolveBody
{
    [Required]
    [Description(
        "sent: it was, and ends as a success that a person told of. resend: it is sent again, to whoever got it after all a second time.")]
    [JsonConverter(typeof(CamelCase<DeliveryResolution>))]
    public DeliveryResolution? As { get; init; }
}
