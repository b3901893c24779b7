namespace MailMarketing;

/// <summary>A template ready to render; thread-safe.</summary>
public interface ICompiledTemplate
{
    /// <summary>Renders for one recipient. The same recipient gives the same output, byte for byte.</summary>
    /// <exception cref="TemplateException">This recipient cannot be rendered: a missing name, a limit, a control character in the subject.</exception>
    RenderedEmail Render(Recipient recipient);
}
