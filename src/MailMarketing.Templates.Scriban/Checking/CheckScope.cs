namespace MailMarketing.Templates.Scriban;

/// <summary>What is known of recipients when a template is checked.</summary>
/// <param name="Fields">The top-level names; null where they are known only when it is rendered.</param>
/// <param name="Model">What contacts look like; null where nothing is to be said beyond mistakes.</param>
internal sealed record CheckScope(IReadOnlySet<string>? Fields, ContactModel? Model)
{
    // They stand with every contact, but may be empty.
    private static readonly string[] Names = ["name", "first_name", "last_name"];

    public static CheckScope Nothing { get; } = new(null, null);

    /// <summary>The names of all segments; null where they are not known.</summary>
    public IReadOnlySet<string>? Segments { get; init; }

    /// <summary>The field of a top-level name.</summary>
    public ModelField FieldOf(string name) => name switch
    {
        "attributes" => Model?.Attributes ?? new(ModelKind.Any),
        TemplateFields.Segments => new(ModelKind.List) { Item = new(ModelKind.Text) },
        "id" or "user_id" => new(ModelKind.Any),
        _ when Names.Contains(name) => new(ModelKind.Text) { IsOptional = true },
        _ when TemplateFields.BuiltIn.Contains(name) => new(ModelKind.Text),
        _ => new(ModelKind.Any),
    };
}
