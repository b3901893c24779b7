namespace ReferenceHost.People;

/// <summary>Where to go after signing in: a path on this host, whatever a link said.</summary>
internal static class LocalAddress
{
    public static string Of(string? returnUrl) =>
        returnUrl is ['/', ..] && returnUrl is not ['/', '/' or '\\', ..] && !returnUrl.Any(char.IsControl) && !returnUrl.Contains('\\', StringComparison.Ordinal)
            && !returnUrl.StartsWith("/sign-", StringComparison.Ordinal)
            && Uri.TryCreate(new Uri("http://host"), returnUrl, out var address) && address.Host == "host"
            ? returnUrl
            : "/";
}
