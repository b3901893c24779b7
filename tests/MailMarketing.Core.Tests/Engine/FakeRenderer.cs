namespace MailMarketing.Core.Tests.Engine;

/// <summary>Puts the name in; a name that is <c>bad</c> does not render, <c>worse</c> is a fault, and <c>large</c> finds no memory at first.</summary>
internal sealed class FakeRenderer : ITemplateRenderer
{
    private int _shortages = 3;

    public int Compilations { get; private set; }

    public string Language => "test";

    public IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields) => [];

    public ICompiledTemplate Compile(TemplateSource source)
    {
        Compilations++;
        return source.Subject.Length == 0 ? throw new TemplateException("It has no subject.") : new Compiled(this, source);
    }

    private sealed class Compiled(FakeRenderer renderer, TemplateSource source) : ICompiledTemplate
    {
        public RenderedEmail Render(Recipient recipient)
        {
            var name = (string)recipient.Fields["name"]!;
            return name switch
            {
                "bad" => throw new TemplateException("The name is bad."),
                "worse" => throw new InvalidOperationException(),
                "large" when Interlocked.Decrement(ref renderer._shortages) >= 0 => throw new InsufficientMemoryException(),
                _ => new(Put(source.Subject)!, Put(source.Html), Put(source.Text)),
            };

            string? Put(string? text) => text?.Replace("{name}", name, StringComparison.Ordinal);
        }
    }
}
