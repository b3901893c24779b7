namespace MailMarketing.Simulation;

/// <summary>A renderer whose output depends on more than the frozen data.</summary>
internal sealed class ChangingRenderer(ITemplateRenderer renderer) : ITemplateRenderer
{
    private int _times;

    public string Language => renderer.Language;

    public IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields) => renderer.Check(source, knownFields);

    public ICompiledTemplate Compile(TemplateSource source) => new Changing(renderer.Compile(source), this);

    private sealed class Changing(ICompiledTemplate template, ChangingRenderer owner) : ICompiledTemplate
    {
        public RenderedEmail Render(Recipient recipient)
        {
            var content = template.Render(recipient);
            return content with { Text = $"{content.Text} {Interlocked.Increment(ref owner._times)}" };
        }
    }
}
