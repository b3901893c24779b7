namespace MailMarketing;

/// <summary>The templates that the app brings along in code; of two with one name, whatever its case, the last counts.</summary>
internal sealed class CodeTemplates(IEnumerable<CodeTemplate> registered)
{
    /// <summary>What campaigns can send, by name.</summary>
    public IReadOnlyList<CodeTemplate> Emails { get; } =
        [.. Last(registered.Where(one => one.Source.Kind == TemplateKind.Email)).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Layouts and partials.</summary>
    public IReadOnlyDictionary<string, TemplateSource> Parts { get; } =
        Last(registered.Where(one => one.Source.Kind != TemplateKind.Email))
            .ToDictionary(one => one.Name, one => one.Source, StringComparer.OrdinalIgnoreCase);

    /// <summary>The email of this name, or null.</summary>
    public CodeTemplate? Find(string name) => Emails.FirstOrDefault(one => one.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Why a campaign cannot send the email of this name; null where it can.</summary>
    public string? Judge(string name) => (Find(name), Emails.Count) switch
    {
        (not null, _) => null,
        (_, 0) => "No template is registered in code: add one with AddTemplate, or choose a stored one.",
        _ => $"There is no template {name} in code; there are: {string.Join(", ", Emails.Select(one => one.Name))}.",
    };

    private static IEnumerable<CodeTemplate> Last(IEnumerable<CodeTemplate> templates) =>
        templates.GroupBy(one => one.Name, StringComparer.OrdinalIgnoreCase).Select(group => group.Last());
}
