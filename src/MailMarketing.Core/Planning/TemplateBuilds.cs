using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Builds templates with the layouts and partials of the store and of the app's code.</summary>
internal sealed class TemplateBuilds(
    TemplateLanguages languages, ITemplateStore templates, ISegmentStore segments, CodeTemplates code, ContactModel model,
    IOptions<MailMarketingOptions> options)
{
    // A circle of names ends by itself; this ends a chain that somebody made to be long.
    private const int MostParts = 200;

    // Who has more is not warned of names that there are not.
    private static readonly PageRequest _allSegments = new() { Limit = 1000 };

    /// <summary>The template as it is sent, with its warnings; Invalid with all mistakes where it cannot be.</summary>
    public async Task<Result<TemplateBuild>> BuildAsync(TemplateSource source, CancellationToken cancellationToken)
    {
        if (TemplateRules.Check(source) is { } problem)
        {
            return problem;
        }

        if (languages.Find(source.Language) is not ITemplateBuilder builder)
        {
            return languages.Check(source) is { } refusal ? refusal : new TemplateBuild(source, []);
        }

        var surroundings = new TemplateSurroundings
        {
            Parts = await FindPartsAsync(builder, source, cancellationToken),
            Model = model,
            PublicUrl = options.Value.PublicUrl,
        };
        var build = builder.Build(source, surroundings);
        if (build.Source is { } built && languages.Reads(built, TemplateFields.Segments)
            && await segments.ListAsync(_allSegments, cancellationToken) is { NextCursor: null } all)
        {
            build = builder.Build(source, surroundings with { Segments = all.Items.Select(segment => segment.Name).ToHashSet() });
        }

        return build.Source is null ? TemplateLanguages.Refuse([.. build.Mistakes.Where(IsError)]) : build;
    }

    public static bool IsError(TemplateMistake mistake) => mistake.Severity == TemplateSeverity.Error;

    private async Task<Dictionary<string, TemplateSource>> FindPartsAsync(
        ITemplateBuilder builder, TemplateSource source, CancellationToken cancellationToken)
    {
        // Those of the code are few and all there; the store's are fetched as they are named.
        var parts = new Dictionary<string, TemplateSource>(code.Parts, StringComparer.OrdinalIgnoreCase);
        var asked = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = builder.References(source).Concat(parts.Values.SelectMany(builder.References)).Where(asked.Add).ToList();
        while (names.Count > 0 && asked.Count <= MostParts)
        {
            var found = await templates.FindPartsAsync(names, cancellationToken);
            foreach (var part in found)
            {
                parts[part.Name] = part.Source;
            }

            names = [.. found.SelectMany(part => builder.References(part.Source)).Where(asked.Add)];
        }

        return parts;
    }
}
