namespace MailMarketing.Templates.Scriban;

/// <summary>The language <c>braces</c>: fields in single braces, <c>{{</c> and <c>}}</c> for the characters, and nothing else.</summary>
internal sealed class BracesRenderer : ITemplateFieldUse
{
    public string Language => "braces";

    public IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(knownFields);
        return [.. TemplateParts.Of(source).SelectMany(part => BracesPart.Parse(part.Name, part.Source, knownFields).Mistakes)];
    }

    public ICompiledTemplate Compile(TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var parts = TemplateParts.Of(source).ToDictionary(part => part.Name, part => Compile(part.Name, part.Source));
        return new BracesTemplate(
            parts[TemplateParts.Subject], parts.GetValueOrDefault(TemplateParts.Html), parts.GetValueOrDefault(TemplateParts.Text));
    }

    public bool Reads(TemplateSource source, string field)
    {
        ArgumentNullException.ThrowIfNull(source);
        return TemplateParts.Of(source).Any(part => part.Source.Contains($"{{{field}}}", StringComparison.Ordinal));
    }

    private static BracesPart Compile(string name, string source)
    {
        var (part, mistakes) = BracesPart.Parse(name, source, knownFields: null);
        return mistakes.Count > 0 ? throw TemplateParts.Failure(mistakes[0]) : part;
    }
}
