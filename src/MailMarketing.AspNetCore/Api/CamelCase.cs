using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Writes an enum by its names in camelCase. Stands at the properties, so that OpenAPI lists the names as well.</summary>
internal sealed class CamelCase<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
