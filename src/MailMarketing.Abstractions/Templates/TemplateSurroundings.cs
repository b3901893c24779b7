namespace MailMarketing;

/// <summary>What a template is built with.</summary>
public sealed record TemplateSurroundings
{
    /// <summary>The layouts and partials that it may name, by name; none by default.</summary>
    public IReadOnlyDictionary<string, TemplateSource> Parts { get; init; } = new Dictionary<string, TemplateSource>();

    /// <summary>What contacts look like; anything goes by default.</summary>
    public ContactModel Model { get; init; } = ContactModel.Free;

    /// <summary>The names of all segments, so that others are warned of; null where they are not known.</summary>
    public IReadOnlySet<string>? Segments { get; init; }

    /// <summary>Where addresses without a host lead; null leaves them as they are.</summary>
    public Uri? PublicUrl { get; init; }
}
