namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>What an editor colours and offers.</summary>
public sealed record EditorWords
{
    /// <summary>The template's language.</summary>
    public string Language { get; private init; } = "";

    /// <summary>Fields of recipients.</summary>
    public IReadOnlyList<string> Fields { get; private init; } = [];

    /// <summary>Functions of the language.</summary>
    public IReadOnlyList<string> Functions { get; private init; } = [];

    /// <summary>Statements and constants of the language.</summary>
    public IReadOnlyList<string> Keywords { get; private init; } = [];

    /// <summary>Names of layouts.</summary>
    public IReadOnlyList<string> Layouts { get; private init; } = [];

    /// <summary>Names of partials.</summary>
    public IReadOnlyList<string> Partials { get; private init; } = [];

    /// <summary>What is known of a language, with the attributes of a contact; null for none.</summary>
    internal static EditorWords Of(string language, TemplateVocabulary vocabulary, Contact? contact) => new()
    {
        Language = language,
        Fields = [.. (TemplateField.KnowsAttributes(language) ? vocabulary.Fields : [])
            .Union(TemplateField.In(language, contact).Select(field => field.Name))],
        Functions = vocabulary.Functions,
        Keywords = vocabulary.Keywords,
        Layouts = vocabulary.Layouts,
        Partials = vocabulary.Partials,
    };
}
