using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServiceAnswer))]
[JsonSerializable(typeof(AcceptedAnswer))]
[JsonSerializable(typeof(ControlAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
internal sealed partial class ServiceJson : JsonSerializerContext;
