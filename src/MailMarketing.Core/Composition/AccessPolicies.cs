namespace MailMarketing;

/// <summary>The names of the app's own authorization policies, for the API and the dashboard alike.</summary>
public sealed record AccessPolicies
{
    /// <summary>Who may look.</summary>
    public required string Read { get; init; }

    /// <summary>Who may change contacts, segments and templates, and send campaigns; default: whoever may look.</summary>
    public string Write { get => field ?? Read; init; }

    /// <summary>Who may change the sender's settings and credentials; default: whoever may change the rest.</summary>
    public string Settings { get => field ?? Write; init; }

    /// <summary>
    /// Who may change a gateway's credentials, beside <see cref="Settings"/>; default: whoever may change settings. Meant for a policy that
    /// asks for the password again, as OWASP ASVS 5.0, 7.5.1 does before sensitive changes.
    /// </summary>
    public string Credentials { get => field ?? Settings; init; }

    /// <summary>
    /// The app's page that asks for the password again, as a path such as <c>/confirm</c>; the dashboard leads those there whom
    /// <see cref="Credentials"/> refuses, with <c>returnUrl</c> behind it. Null (the default) for none.
    /// </summary>
    public string? ConfirmPage { get; init; }
}
