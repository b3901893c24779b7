namespace MailMarketing.Simulation;

/// <summary>A renderer that dooms its machine by one person's message, and, weakened, gives other bytes each time.</summary>
internal sealed class WatchedRenderer(ITemplateRenderer renderer, Machine machine, Plan plan, Ledger ledger, Weakness weakness) : ITemplateRenderer
{
    public string Language => renderer.Language;

    public IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields) => renderer.Check(source, knownFields);

    public ICompiledTemplate Compile(TemplateSource source) => new Watched(renderer.Compile(source), this);

    private RenderedEmail Watch(Recipient recipient, RenderedEmail content)
    {
        if (plan.PoisonsRendering && ledger.IsPoison((string)recipient.Fields["email"]!))
        {
            machine.IsDoomed = true;
        }

        return weakness == Weakness.FrozenBytes ? content with { Text = $"{content.Text} at {machine.Time.GetUtcNow():O}" } : content;
    }

    private sealed class Watched(ICompiledTemplate template, WatchedRenderer owner) : ICompiledTemplate
    {
        public RenderedEmail Render(Recipient recipient) => owner.Watch(recipient, template.Render(recipient));
    }
}
