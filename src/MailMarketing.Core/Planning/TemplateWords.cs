namespace MailMarketing;

/// <summary>Gathers what can be written in a template.</summary>
internal sealed class TemplateWords(
    TemplateLanguages languages, ITemplateStore templates, IEnumerable<CodeTemplate> code, ContactModel model)
{
    // Each comes with its bodies; who has more knows the names by heart.
    private static readonly PageRequest _page = new() { Limit = 200, NewestFirst = true };

    // A type that names itself has no last member.
    private const int Depth = 3;

    public async Task<TemplateVocabulary> OfAsync(string language, CancellationToken cancellationToken)
    {
        var words = languages.Find(language) as ITemplateVocabulary;
        var parts = languages.Find(language) is ITemplateBuilder ? await PartsAsync(cancellationToken) : [];
        return new TemplateVocabulary
        {
            Fields = Sorted(TemplateFields.BuiltIn.Concat(MembersOf("attributes", model.Attributes, Depth))),
            Keywords = Sorted(words?.Keywords ?? []),
            Functions = Sorted(words?.Functions ?? []),
            Layouts = Named(TemplateKind.Layout),
            Partials = Named(TemplateKind.Partial),
        };

        IReadOnlyList<string> Named(TemplateKind kind) => Sorted(parts.Where(part => part.Kind == kind).Select(part => part.Name));
    }

    private async Task<List<(string Name, TemplateKind Kind)>> PartsAsync(CancellationToken cancellationToken)
    {
        var stored = await templates.ListAsync(_page, cancellationToken);
        return [.. code.Select(one => (one.Name, one.Source.Kind)), .. stored.Items.Select(one => (one.Name, one.Source.Kind))];
    }

    private static IEnumerable<string> MembersOf(string path, ModelField field, int depth)
    {
        // Others are written as attributes["two words"], which no list of names needs to offer.
        var members = field.Members?.Where(member => member.Key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) ?? [];
        var own = members.SelectMany(member => Below($"{path}.{member.Key}", member.Value, depth).Prepend($"{path}.{member.Key}"));
        return field.Item is { } item ? own.Concat(Below($"{path}[]", item, depth)) : own;
    }

    private static IEnumerable<string> Below(string path, ModelField field, int depth) =>
        depth == 0 ? [] : MembersOf(path, field, depth - 1);

    private static string[] Sorted(IEnumerable<string> words) => [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
