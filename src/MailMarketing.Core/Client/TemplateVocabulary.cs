namespace MailMarketing;

/// <summary>What can be written in the tags of a template; each list is sorted.</summary>
public sealed record TemplateVocabulary
{
    /// <summary>
    /// The names of every recipient and the attributes that the app's <see cref="ContactModel"/> declares, such as <c>attributes.city</c>;
    /// members of what a list holds as <c>attributes.orders[].title</c>.
    /// </summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Statements and constants of the language.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Functions of the language.</summary>
    public IReadOnlyList<string> Functions { get; init; } = [];

    /// <summary>Names of layouts: those in code, and those among the newest 200 stored templates.</summary>
    public IReadOnlyList<string> Layouts { get; init; } = [];

    /// <summary>Names of partials, from the same places.</summary>
    public IReadOnlyList<string> Partials { get; init; } = [];
}
