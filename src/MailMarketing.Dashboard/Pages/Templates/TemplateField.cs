namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>A field of a recipient that a template can use.</summary>
/// <param name="Name">As it is written, as in <c>first_name</c>.</param>
/// <param name="Meaning">For the tooltip.</param>
internal sealed record TemplateField(string Name, string Meaning)
{
    private const string Braces = "braces";

    private static readonly IReadOnlyList<TemplateField> _builtIn =
    [
        new("name", "The contact's whole name"),
        new("first_name", "The contact's first name"),
        new("last_name", "The contact's last name"),
        new("email", "The contact's address"),
        new("user_id", "The contact's number"),
        new("id", "The number of this one email"),
        new("unsubscribe_url", "The link to unsubscribe, the recipient's own"),
        new("preferences_url", "The link to the page where the recipient chooses"),
    ];

    /// <summary>What can be inserted in a language; with the attributes of a contact where the language knows them.</summary>
    public static IEnumerable<TemplateField> In(string language, Contact? contact) => contact is null || !KnowsAttributes(language)
        ? _builtIn
        : _builtIn.Concat(contact.Attributes.Keys.Order(StringComparer.Ordinal).Select(OfAttribute));

    /// <summary>Whether a language reaches into a contact's attributes.</summary>
    public static bool KnowsAttributes(string language) => language != Braces;

    /// <summary>The text that puts the field into a template.</summary>
    public string Written(string language) => language == Braces ? $"{{{Name}}}" : $"{{{{ {Name} }}}}";

    private static TemplateField OfAttribute(string name) => new(
        IsPlain(name) ? $"attributes.{name}" : $"attributes[\"{Escape(name)}\"]", "An attribute of the chosen contact");

    private static string Escape(string name) =>
        name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static bool IsPlain(string name) => !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
