namespace ReferenceHost.Security;

/// <summary>The ways to sign in.</summary>
internal static class Schemes
{
    /// <summary>By the bearer token where a request brings one, else by the cookie.</summary>
    public const string Either = "Either";

    /// <summary>By cookie: a browser.</summary>
    public const string Session = "Session";

    /// <summary>By an API token: a program.</summary>
    public const string Token = "Token";

    /// <summary>By the organisation's own identity provider, where one is configured.</summary>
    public const string OpenId = "OpenId";
}
