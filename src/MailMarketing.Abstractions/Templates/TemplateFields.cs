namespace MailMarketing;

/// <summary>The names that a template may use of every recipient.</summary>
public static class TemplateFields
{
    /// <summary>The built-in names; <c>attributes</c> has members of its own, whatever a contact has.</summary>
    public static readonly IReadOnlySet<string> BuiltIn = new HashSet<string>(StringComparer.Ordinal)
    {
        "id", "user_id", "email", "name", "first_name", "last_name", "attributes", "unsubscribe_url", "preferences_url", "view_url",
    };

    /// <summary>What a preview without a contact is rendered with.</summary>
    public static IReadOnlyDictionary<string, object?> Sample { get; } = new Dictionary<string, object?>
    {
        ["id"] = 1L,
        ["user_id"] = 1L,
        ["email"] = "ada@example.org",
        ["name"] = "Ada Lovelace",
        ["first_name"] = "Ada",
        ["last_name"] = "Lovelace",
        ["attributes"] = new Dictionary<string, object?>(),
        ["unsubscribe_url"] = "https://example.org/unsubscribe",
        ["preferences_url"] = "https://example.org/preferences",
        ["view_url"] = "https://example.org/view",
    };
}
