using ReferenceHost.MockGateway;
using ReferenceHost.Web;

namespace ReferenceHost;

/// <summary>Tells a person where to look.</summary>
internal static class Welcome
{
    public static void Write(IReadOnlyCollection<Role> roles, HostSettings settings)
    {
        Console.WriteLine();
        if (roles.Contains(WebRole.Role))
        {
            Line("Dashboard", At(settings.Web));
            Line("JSON API", $"{At(settings.Web)}/api/v1, described at {At(settings.Web)}/openapi/v1.json");
            if (settings.ApiTokenIsNew)
            {
                Line("API token", $"{settings.ApiToken} (for this run, as Authorization: Bearer)");
            }
        }

        if (roles.Contains(MockGatewayRole.Role) && settings.SendsToMock)
        {
            Line("Mails", $"{At(settings.MockGateway)} shows what the mock gateway got; nothing leaves this machine");
        }

        if (roles.Any(role => role != MockGatewayRole.Role))
        {
            Line("Data", settings.DataDirectory);
        }

        Line("Stop", "Ctrl+C");
    }

    private static string At(Uri url) => url.OriginalString.TrimEnd('/');

    private static void Line(string what, string where) => Console.WriteLine($"  {what,-10} {where}");
}
