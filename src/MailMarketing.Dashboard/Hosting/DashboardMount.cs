using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace MailMarketing.Dashboard.Hosting;

/// <summary>Where the dashboard is mounted; metadata of its endpoints.</summary>
internal sealed record DashboardMount
{
    private static readonly SearchValues<char> _notPlain = SearchValues.Create("{}*?#\\ ");

    private DashboardMount(string path) => Path = path;

    /// <summary>The path with a slash before each segment and none after; empty at the root.</summary>
    public string Path { get; }

    /// <summary>The app's policies; null where there is one for all, or none.</summary>
    public AccessPolicies? Policies { get; init; }

    public bool IsRoot => Path.Length == 0;

    public static DashboardMount At(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return path[0] == '/' && path.AsSpan().IndexOfAny(_notPlain) < 0 && !path.Contains("//", StringComparison.Ordinal)
            ? new DashboardMount(path.TrimEnd('/'))
            : throw new ArgumentException(
                $"The path {path} must begin with a slash and hold plain segments, as in /admin/mail.", nameof(path));
    }

    /// <summary>What links of the pages are relative to, as an address on this host.</summary>
    public string BaseHref(HttpRequest request) => request.PathBase.Add(Path).ToUriComponent() + "/";
}
