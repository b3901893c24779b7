using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>How the management API writes and reads JSON: camelCase names and states, unknown members ignored.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 32,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };
}
