using Microsoft.Extensions.Options;

namespace MailMarketing.Templates.Scriban;

/// <summary>The language <c>scriban</c>, with the safe part of its functions and syntax.</summary>
internal sealed class ScribanRenderer(IOptions<ScribanOptions> options) : ITemplateBuilder, ITemplateVocabulary, ITemplateFieldUse
{
    public string Language => "scriban";

    // Without those that the check refuses
    public IReadOnlyList<string> Keywords { get; } =
    [
        "block", "break", "capture", "case", "content", "continue", "else", "end", "false", "for", "func", "if", "in", "include", "layout",
        "null", "ret", "true", "when", "while",
    ];

    public IReadOnlyList<string> Functions => Builtins.Names;

    public IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(knownFields);
        return [.. TemplateParts.Of(source).SelectMany(
            part => ScribanParser.Parse(new PartText(part.Name, part.Source), new CheckScope(knownFields, null)).Mistakes)];
    }

    public ICompiledTemplate Compile(TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        // Other programs hand HTML over alone.
        source = source is { Html: { } html, Text: null } && TemplateParts.TooLarge(TemplateParts.Html, html) is null
            ? source with { Text = TextFromHtml.Of(html) }
            : source;
        var parts = TemplateParts.Of(source).ToDictionary(part => part.Name, part => Compile(part.Name, part.Source));
        return new ScribanTemplate(
            parts[TemplateParts.Subject], parts.GetValueOrDefault(TemplateParts.Html), parts.GetValueOrDefault(TemplateParts.Text));
    }

    public bool Reads(TemplateSource source, string field)
    {
        ArgumentNullException.ThrowIfNull(source);
        return TemplateParts.Of(source)
            .Select(part => ScribanParser.Parse(new PartText(part.Name, part.Source), CheckScope.Nothing).Page)
            .Any(page => page is null || FieldUse.Reads(page, field));
    }

    public IReadOnlyList<string> References(TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var translations = (source.Translations?.Values ?? []).SelectMany(one => new[] { one.Html, one.Markdown, one.Text });
        return [.. new[] { source.Html, source.Markdown, source.Text }.Concat(translations).OfType<string>()
            .Where(part => TemplateParts.TooLarge("", part) is null)
            .SelectMany(Tag.Of).Select(Directive.Of).Where(directive => directive is { Word: "layout" or "include" })
            .Select(directive => directive!.Name).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public TemplateBuild Build(TemplateSource source, TemplateSurroundings surroundings)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(surroundings);
        return new TemplateBuilder(source, surroundings, options.Value).Build();
    }

    private static ScribanPart Compile(string name, string source)
    {
        // Which fields the recipients have is known only at the render, where a missing one fails that recipient alone.
        var (page, mistakes) = ScribanParser.Parse(new PartText(name, source), CheckScope.Nothing);
        return page is null || mistakes.Count > 0 ? throw TemplateParts.Failure(mistakes[0]) : new ScribanPart(name, page);
    }
}
