namespace MailMarketing;

/// <summary>A language with layouts, partials, translations and warnings.</summary>
public interface ITemplateBuilder : ITemplateRenderer
{
    /// <summary>The layouts and partials that a template names, each once.</summary>
    IReadOnlyList<string> References(TemplateSource source);

    /// <summary>
    /// Makes one source of a template and all that it names: nothing else is needed to send it, and building it again gives the same.
    /// Never throws for bad input.
    /// </summary>
    TemplateBuild Build(TemplateSource source, TemplateSurroundings surroundings);
}
