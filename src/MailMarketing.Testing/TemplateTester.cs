using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing;

/// <summary>
/// Checks and renders templates in a test as the product does, without storage, gateway or host. Knows no snapshot library: what it gives
/// is text, for any of them.
/// </summary>
public sealed class TemplateTester : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<ITemplateRenderer> _renderers;

    /// <summary>Takes the template languages that the app registers.</summary>
    /// <param name="configure">As in the app, without storage and gateways: <c>mail => mail.UseScriban()</c>.</param>
    public TemplateTester(Action<MailMarketingBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        configure(new MailMarketingBuilder(services));
        _services = services.BuildServiceProvider();
        _renderers = [.. _services.GetServices<ITemplateRenderer>()];
        if (_renderers.Count == 0)
        {
            throw new ArgumentException("There is no template language: add one, as in mail => mail.UseScriban().", nameof(configure));
        }
    }

    /// <summary>The template's only clock; default noon of 1 January 2030 UTC, so that snapshots stay as they are.</summary>
    public DateTimeOffset Now { get; init; } = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The From line of the snapshots.</summary>
    public Mailbox From { get; init; } = new("Example", "news@example.org");

    /// <summary>The layouts and partials that templates may name, beside those of the app's code; none by default.</summary>
    public IReadOnlyDictionary<string, TemplateSource> Parts { get; init; } = new Dictionary<string, TemplateSource>();

    /// <summary>The names of the segments that there are, so that <see cref="Warnings"/> tells others; null by default, for any.</summary>
    public IReadOnlySet<string>? Segments { get; init; }

    /// <summary>Where addresses without a host lead, as the app's own <c>PublicUrl</c>; default <c>https://example.org</c>.</summary>
    public Uri PublicUrl { get; init; } = new("https://example.org");

    /// <summary>Every mistake that saving the template would refuse; empty where it is fit to send.</summary>
    public IReadOnlyList<TemplateMistake> Check(TemplateSource source) =>
        [.. Build(source).Mistakes.Where(mistake => mistake.Severity == TemplateSeverity.Error)];

    /// <summary>What may not come out as the author means: the warnings of the dashboard. Empty where there is nothing.</summary>
    public IReadOnlyList<TemplateMistake> Warnings(TemplateSource source) =>
        [.. Build(source).Mistakes.Where(mistake => mistake.Severity == TemplateSeverity.Warning)];

    /// <summary>The template for one person.</summary>
    /// <exception cref="TemplateException">The template has mistakes, each told with its place, or cannot be rendered for this person.</exception>
    public RenderedEmail Render(TemplateSource source, SampleContact person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Compile(source).Render(new Recipient(TemplateFields.PreviewOf(person), Now));
    }

    /// <summary>
    /// The template for each of these people as one text, made for reading and comparing: headers, the text part, and the HTML part with
    /// one element to a line. The same input gives the same text, on every machine.
    /// </summary>
    /// <exception cref="TemplateException">The template has mistakes, or cannot be rendered for one of them, who is named.</exception>
    public string Snapshot(TemplateSource source, params IEnumerable<SampleContact> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        var template = Compile(source);
        var document = new SnapshotDocument(From);
        foreach (var person in people)
        {
            document.Add(person, Render(template, person));
        }

        return document.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _services.Dispose();

    private RenderedEmail Render(ICompiledTemplate template, SampleContact person)
    {
        try
        {
            return template.Render(new Recipient(TemplateFields.PreviewOf(person), Now));
        }
        catch (TemplateException cause)
        {
            throw new TemplateException($"{person.Label}: {cause.Message}", cause);
        }
    }

    private ICompiledTemplate Compile(TemplateSource source)
    {
        var build = Build(source);
        return build.Source is { } built
            ? RendererOf(built).Compile(built)
            : throw new TemplateException(string.Join(
                Environment.NewLine,
                build.Mistakes.Where(mistake => mistake.Severity == TemplateSeverity.Error)
                    .Select(mistake => $"{mistake.Part}, line {mistake.Line}, column {mistake.Column}: {mistake.Message}")));
    }

    // As a campaign that starts would freeze it
    private TemplateBuild Build(TemplateSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var renderer = RendererOf(source);
        if (renderer is not ITemplateBuilder builder)
        {
            var mistakes = renderer.Check(source, TemplateFields.BuiltIn);
            return new TemplateBuild(mistakes.Count == 0 ? source : null, mistakes);
        }

        var parts = _services.GetServices<CodeTemplate>().Where(part => part.Source.Kind != TemplateKind.Email)
            .Select(part => KeyValuePair.Create(part.Name, part.Source)).Concat(Parts)
            .GroupBy(part => part.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.OrdinalIgnoreCase);
        return builder.Build(source, new TemplateSurroundings
        {
            Parts = parts, Model = _services.GetService<ContactModel>() ?? ContactModel.Free, Segments = Segments, PublicUrl = PublicUrl,
        });
    }

    private ITemplateRenderer RendererOf(TemplateSource source) =>
        _renderers.Find(renderer => renderer.Language == source.Language)
        ?? throw new TemplateException(
            $"There is no template language {source.Language}; there is {string.Join(", ", _renderers.Select(renderer => renderer.Language))}.");
}
