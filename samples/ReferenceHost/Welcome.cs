namespace ReferenceHost;

/// <summary>Tells a person where to look.</summary>
internal static class Welcome
{
    public static void Write(IReadOnlyCollection<Role> roles, HostSettings settings)
    {
        var names = roles.Select(role => role.Name).ToHashSet();
        Console.WriteLine();
        if (names.Contains("web"))
        {
            Line("JSON API", $"{At(settings.Web)}/api/v1, described at {At(settings.Web)}/openapi/v1.json");
        }

        if (names.Contains("mock-gateway"))
        {
            Line("Mails", $"{At(settings.MockGateway)} shows what the mock gateway got; nothing leaves this machine");
        }

        if (names.Count > 1 || !names.Contains("mock-gateway"))
        {
            Line("Data", settings.DataDirectory);
        }

        Line("Stop", "Ctrl+C");
    }

    private static string At(Uri url) => url.OriginalString.TrimEnd('/');

    private static void Line(string what, string where) => Console.WriteLine($"  {what,-10} {where}");
}
