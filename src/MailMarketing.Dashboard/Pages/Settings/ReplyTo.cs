using MailMarketing.Dashboard.Shared;

namespace MailMarketing.Dashboard.Pages.Settings;

/// <summary>The address that answers go to: a header among the others, with a field of its own.</summary>
internal static class ReplyTo
{
    private const string Name = "Reply-To";

    public static bool Is(string header) => header.Equals(Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The address; null where answers go to the sender.</summary>
    public static string? Of(SenderStatus status) => Headers(status).Where(header => Is(header.Key)).Select(header => header.Value).FirstOrDefault();

    /// <summary>All other headers.</summary>
    public static Dictionary<string, string> Without(SenderStatus status) =>
        Headers(status).Where(header => !Is(header.Key)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Adds the address, where there is one.</summary>
    public static Dictionary<string, string> Put(Dictionary<string, string> headers, string? address)
    {
        if (!string.IsNullOrWhiteSpace(address))
        {
            headers[Name] = address.Trim();
        }

        return headers;
    }

    private static IReadOnlyDictionary<string, string> Headers(SenderStatus status) =>
        status.Settings?.Headers ?? new Dictionary<string, string>();
}
