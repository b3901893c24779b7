namespace MailMarketing;

/// <summary>The template languages that are registered.</summary>
internal sealed class TemplateLanguages(IEnumerable<ITemplateRenderer> renderers)
{
    // The last one registered for a language wins, as everywhere in the container.
    private readonly Dictionary<string, ITemplateRenderer> _renderers =
        renderers.GroupBy(renderer => renderer.Language).ToDictionary(group => group.Key, group => group.Last());

    /// <summary>Their names, in the order they were registered in.</summary>
    public IReadOnlyList<string> Names { get; } = [.. renderers.Select(renderer => renderer.Language).Distinct()];

    /// <summary>The renderer of a language; null where none is registered.</summary>
    public ITemplateRenderer? Find(string? language) => language is null ? null : _renderers.GetValueOrDefault(language);

    /// <summary>Everything that is wrong with a template; null where it is fit to send.</summary>
    public Problem? Check(TemplateSource source) => Check(source, TemplateFields.BuiltIn);

    /// <summary>The same for recipients that have other names.</summary>
    public Problem? Check(TemplateSource source, IReadOnlySet<string> knownFields)
    {
        if (TemplateRules.Check(source) is { } problem)
        {
            return problem;
        }

        if (Find(source.Language) is not { } renderer)
        {
            return Problem.Invalid(
                "language", $"There is no template language {source.Language}; those known are: {string.Join(", ", Names)}.");
        }

        var mistakes = renderer.Check(source, knownFields);
        return mistakes.Count == 0 ? null : Refuse(mistakes);
    }

    /// <summary>Compiles a template that passed its check.</summary>
    public ICompiledTemplate Compile(TemplateSource source) => _renderers[source.Language].Compile(source);

    /// <summary>Whether a template that passed its check reads a field, or may do so.</summary>
    public bool Reads(TemplateSource source, string field) =>
        _renderers[source.Language] is not ITemplateFieldUse language || language.Reads(source, field);

    /// <summary>The refusal of a template with mistakes.</summary>
    public static Problem Refuse(IReadOnlyList<TemplateMistake> mistakes) =>
        new(ProblemKind.Invalid, "The template has mistakes: " + string.Join(' ', mistakes.Take(3).Select(Sentence)))
        {
            Mistakes = mistakes,
            Errors = mistakes.GroupBy(mistake => mistake.Part).ToDictionary(part => part.Key, part => part.Select(Sentence).ToArray()),
        };

    private static string Sentence(TemplateMistake mistake) =>
        $"{Place(mistake)}, line {mistake.Line}, column {mistake.Column}: {mistake.Message}";

    private static string Place(TemplateMistake mistake) => (mistake.Template, mistake.Translation) switch
    {
        ({ } template, _) => $"{template}, {mistake.Part}",
        (_, { } translation) => $"{translation}, {mistake.Part}",
        _ => mistake.Part,
    };
}
