using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>The language <c>scriban</c>, with the safe part of its functions and syntax.</summary>
internal sealed class ScribanRenderer : ITemplateRenderer
{
    public string Language => "scriban";

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
        var parts = TemplateParts.Of(source).ToDictionary(part => part.Name, part => Compile(part.Name, part.Source));
        return new ScribanTemplate(
            parts[TemplateParts.Subject], parts.GetValueOrDefault(TemplateParts.Html), parts.GetValueOrDefault(TemplateParts.Text));
    }

    private static ScribanPart Compile(string name, string source)
    {
        // Which fields the recipients have is known only at the render, where a missing one fails that recipient alone.
        var (page, mistakes) = ScribanParser.Parse(new PartText(name, source), CheckScope.Nothing);
        return page is null || mistakes.Count > 0 ? throw TemplateParts.Failure(mistakes[0]) : new ScribanPart(name, page);
    }
}
