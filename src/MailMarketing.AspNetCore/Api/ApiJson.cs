using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>How the management API reads and writes JSON: camelCase names, numbers as numbers, unknown members ignored.</summary>
internal static class ApiJson
{
    // A contact's attributes lie deeper in a list, and in what the sending side gets, than in the body that brought them.
    private const int MaxDepth = 32;

    public static JsonSerializerOptions Reading { get; } = Options(MaxDepth);

    public static JsonSerializerOptions Writing { get; } = Options(2 * MaxDepth);

    private static JsonSerializerOptions Options(int depth) => new(JsonSerializerDefaults.Web)
    {
        MaxDepth = depth,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
    };
}
