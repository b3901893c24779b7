using MailMarketing;
using Microsoft.AspNetCore.Authorization;
using ReferenceHost.People;

namespace ReferenceHost.Security;

/// <summary>Who may what.</summary>
internal static class Policies
{
    /// <summary>Whoever is signed in.</summary>
    public const string Read = "Read";

    /// <summary>Marketers and administrators.</summary>
    public const string Write = "Write";

    /// <summary>Administrators, and tokens with their scope.</summary>
    public const string Settings = "Settings";

    /// <summary>Administrators who gave their password a moment ago, and tokens with their scope.</summary>
    public const string Credentials = "Credentials";

    /// <summary>People about themselves; no token.</summary>
    public const string Person = "Person";

    /// <summary>Administrators about people and tokens; no token.</summary>
    public const string People = "People";

    public static AccessPolicies Library { get; } =
        new() { Read = Read, Write = Write, Settings = Settings, Credentials = Credentials, ConfirmPage = ConfirmEndpoints.Page };

    public static void Add(AuthorizationBuilder policies) => policies
        .AddPolicy(Read, policy => policy.RequireRole(From(PersonRole.Viewer)))
        .AddPolicy(Write, policy => policy.RequireRole(From(PersonRole.Marketer)))
        .AddPolicy(Settings, policy => policy.RequireRole(From(PersonRole.Administrator)))
        .AddPolicy(Credentials, policy => policy.RequireRole(From(PersonRole.Administrator)).AddRequirements(new RecentlyConfirmed.Requirement()))
        .AddPolicy(Person, policy => policy.RequireClaim(Sessions.Claim))
        .AddPolicy(People, policy => policy.RequireClaim(Sessions.Claim).RequireRole(From(PersonRole.Administrator)));

    private static IEnumerable<string> From(PersonRole least) =>
        Enum.GetValues<PersonRole>().Where(role => role >= least).Select(role => role.ToString());
}
