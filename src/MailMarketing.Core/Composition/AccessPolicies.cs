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
}
