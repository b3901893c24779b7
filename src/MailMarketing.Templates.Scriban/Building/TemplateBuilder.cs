using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>Makes one source of a template in all its languages, and judges it on the way.</summary>
internal sealed class TemplateBuilder(TemplateSource source, TemplateSurroundings surroundings, ScribanOptions options)
{
    private readonly List<TemplateMistake> _mistakes = [];
    private readonly CheckScope _scope = new(TemplateFields.BuiltIn, surroundings.Model) { Segments = surroundings.Segments };

    private readonly IReadOnlyDictionary<string, TemplateSource> _parts =
        new Dictionary<string, TemplateSource>(surroundings.Parts, StringComparer.OrdinalIgnoreCase);

    public TemplateBuild Build()
    {
        var own = BuildOne(source, null);
        var others = (source.Translations ?? new Dictionary<string, TemplateTranslation>())
            .OrderByDescending(one => one.Key.Length).ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (Language: one.Key, Source: BuildOne(OfTranslation(one.Value), one.Key))).ToList();
        foreach (var (language, _) in others.Where(one => Locale.CultureOf(one.Language) is null))
        {
            _mistakes.Add(new TemplateMistake(
                TemplateParts.Subject, 1, 1, $"`{language}` is not a language tag; name the translation by one, such as de or en-GB.")
            {
                Translation = language,
            });
        }

        if (HasErrors)
        {
            return new(null, _mistakes);
        }

        var whole = own with
        {
            Subject = Choose(own.Subject, [.. others.Select(one => (one.Language, one.Source.Subject))])!,
            Html = Choose(own.Html, [.. others.Select(one => (one.Language, one.Source.Html ?? own.Html))]),
            Text = Choose(own.Text, [.. others.Select(one => (one.Language, one.Source.Text ?? own.Text))]),
        };
        foreach (var (name, text) in TemplateParts.Of(whole))
        {
            // What was put together is larger than what was judged.
            var check = ScribanParser.Parse(new PartText(name, text), CheckScope.Nothing).Mistakes;
            _mistakes.AddRange(check);
        }

        return new(HasErrors ? null : whole, _mistakes);
    }

    private bool HasErrors => _mistakes.Any(mistake => mistake.Severity == TemplateSeverity.Error);

    private TemplateSource OfTranslation(TemplateTranslation translation) => source with
    {
        Subject = translation.Subject,
        Html = translation.Html,
        Markdown = translation.Markdown,
        Text = translation.Text,
        Preheader = translation.Preheader,
        Translations = null,
    };

    private TemplateSource BuildOne(TemplateSource one, string? translation)
    {
        var subject = Checked(TemplateParts.Subject, one.Subject, translation);
        var html = one.Html is { } written ? Checked(TemplateParts.Html, written, translation) : null;
        if (one.Markdown is { } markdown && HtmlOf(new PartText(TemplateParts.Markdown, markdown) { Translation = translation }) is { } made)
        {
            html = Checked(TemplateParts.Html, made, translation);
        }

        var preheader = one.Preheader is { } words ? Checked(TemplateParts.Preheader, words, translation) : null;
        var text = one.Text is { } own ? Checked(TemplateParts.Text, own, translation) : null;
        if (html is not null && !HasErrors && one.Kind == TemplateKind.Email)
        {
            html = Finished(html, preheader);
            text ??= TextOf(html, translation);
        }

        return new TemplateSource { Subject = subject, Html = html, Text = text, Language = one.Language, Kind = one.Kind };
    }

    private string? HtmlOf(PartText markdown)
    {
        if (!Judge(markdown, isWhole: false))
        {
            return null;
        }

        var html = MarkdownBody.ToHtml(markdown.Text);
        if (html is null)
        {
            _mistakes.Add(MarkdownBody.TooDeep(markdown));
        }

        return html;
    }

    private string Finished(string html, string? preheader)
    {
        html = StyleInliner.Inline(html);
        html = surroundings.PublicUrl is { } url ? AbsoluteAddresses.In(html, url) : html;
        return preheader is null ? html : Preheader.In(html, preheader);
    }

    private string? TextOf(string html, string? translation)
    {
        var text = TextFromHtml.Of(html);
        if (text is null)
        {
            _mistakes.Add(new TemplateMistake(TemplateParts.Html, 1, 1,
                "No text part can be made of this HTML, since its tags do not stand around whole elements; write a text part.")
            {
                Severity = TemplateSeverity.Warning,
                Translation = translation,
            });
        }

        return text;
    }

    /// <summary>A part with all that it names in it, judged.</summary>
    private string Checked(string name, string text, string? translation)
    {
        if (TemplateParts.TooLarge(name, text) is { } tooLarge)
        {
            _mistakes.Add(tooLarge with { Translation = translation });
            return text;
        }

        var namesParts = name is TemplateParts.Html or TemplateParts.Text;
        var (whole, mistakes) = namesParts
            ? PartAssembler.Assemble(name, text, source.Kind, translation, _parts)
            : (new PartText(name, text) { Translation = translation }, []);
        _mistakes.AddRange(mistakes);
        if (name == TemplateParts.Html && HtmlDepth.IsTooDeep(whole.Text))
        {
            _mistakes.Add(whole.At(0, $"Elements stand in each other more than {HtmlDepth.Limit} levels deep; close them, or use fewer."));
        }
        else if (mistakes.Count == 0)
        {
            Judge(whole, isWhole: true);
            if (name == TemplateParts.Html && !HasErrors)
            {
                _mistakes.AddRange(EmailElements.Judge(whole));
            }
        }

        return whole.Text;
    }

    private bool Judge(PartText part, bool isWhole)
    {
        // Names may come from what includes a partial, and a body in Markdown is judged again with its layout.
        var scope = !isWhole || source.Kind == TemplateKind.Partial ? CheckScope.Nothing : _scope;
        var mistakes = ScribanParser.Parse(part, scope).Mistakes;
        _mistakes.AddRange(mistakes.Where(mistake => !_mistakes.Contains(mistake)));
        return mistakes.Count == 0;
    }

    private string? Choose(string? own, IReadOnlyList<(string Language, string? Text)> others)
    {
        if (own is null || others.Count == 0 || others.All(one => one.Text == own))
        {
            return WithDefaults(own);
        }

        var choice = new StringBuilder();
        foreach (var (language, text) in others)
        {
            choice.Append(choice.Length == 0 ? "{{ if speaks '" : "{{ else if speaks '").Append(language).Append("' }}").Append(text);
        }

        return WithDefaults(choice.Append("{{ else }}").Append(own).Append("{{ end }}").ToString());
    }

    // What another process is set to must not change the bytes.
    private string? WithDefaults(string? part) => part is null || !FormatFunctions.AreIn(part) || part.StartsWith("{{ defaults ", StringComparison.Ordinal)
        ? part
        : $"{{{{ defaults '{options.Language}' '{options.TimeZone}' }}}}{part}";
}
