namespace MailMarketing;

/// <summary>Compiles and checks templates of one language.</summary>
/// <remarks>Implementations are thread-safe and register with <c>AddSingleton&lt;ITemplateRenderer, …&gt;</c>; several may live side by side.</remarks>
public interface ITemplateRenderer
{
    /// <summary>The language's name, as <see cref="TemplateSource.Language"/> gives it.</summary>
    string Language { get; }

    /// <summary>
    /// Every mistake that can be found without a recipient: syntax, unknown names, limits. Empty where the template is fit to
    /// send. Never throws for bad input, whatever its size.
    /// </summary>
    /// <param name="source">The template.</param>
    /// <param name="knownFields">The top-level names that recipients have, such as <see cref="TemplateFields.BuiltIn"/>; members of <c>attributes</c> are free.</param>
    IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields);

    /// <summary>Compiles a template once, to be rendered for many recipients.</summary>
    /// <exception cref="TemplateException">The template does not parse.</exception>
    ICompiledTemplate Compile(TemplateSource source);
}
