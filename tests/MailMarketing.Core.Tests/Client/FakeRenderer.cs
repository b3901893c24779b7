namespace MailMarketing.Core.Tests.Client;

/// <summary>A language whose one mistake is the word <c>wrong</c>, and that renders the name and the city.</summary>
internal sealed class FakeRenderer : ITemplateRenderer
{
    public string Language => "scriban";

    public IReadOnlyList<TemplateMistake> Check(TemplateSource source, IReadOnlySet<string> knownFields) =>
        source.Text?.Contains("wrong", StringComparison.Ordinal) == true ? [new("text", 2, 5, "There is no field wrong.")] : [];

    public ICompiledTemplate Compile(TemplateSource source) => new Compiled(source);

    private sealed class Compiled(TemplateSource source) : ICompiledTemplate
    {
        public RenderedEmail Render(Recipient recipient)
        {
            if (source.Text == "breaks" || recipient.Fields["name"] is "nobody@example.org")
            {
                throw new TemplateException("This contact has no name.");
            }

            var attributes = (IReadOnlyDictionary<string, object?>)recipient.Fields["attributes"]!;
            return new(source.Subject, null, $"{recipient.Fields["name"]} of {attributes.GetValueOrDefault("city")}");
        }
    }
}
