namespace MailMarketing.Templates.Scriban;

/// <summary>A part's text, and where each piece of it was written.</summary>
internal sealed class PartText(string name, string text)
{
    private readonly List<Segment> _segments = [];

    /// <summary>The part's name.</summary>
    public string Name => name;

    public string Text { get; } = text;

    /// <summary>The translation that it belongs to; null for the template's own language.</summary>
    public string? Translation { get; init; }

    /// <summary>The text with the places that its pieces come from, in order.</summary>
    public PartText(string name, string text, IEnumerable<Segment> segments)
        : this(name, text) => _segments.AddRange(segments);

    /// <summary>A mistake at an offset of the text, told with the place where it was written.</summary>
    public TemplateMistake At(int offset, string message, TemplateSeverity severity = TemplateSeverity.Error)
    {
        var segment = _segments.FindLast(one => one.Start <= offset);
        var (template, source, at) = segment is null
            ? (null, Text, offset)
            : (segment.Template, segment.Source, segment.Offset + Math.Min(offset - segment.Start, segment.Length));
        var (line, column) = TemplateParts.Place(source, Math.Clamp(at, 0, source.Length));
        return new TemplateMistake(name, line, column, message) { Severity = severity, Template = template, Translation = Translation };
    }

    /// <summary>A piece of the text: so many characters from an offset of a template's source.</summary>
    internal sealed record Segment(int Start, int Length, string? Template, string Source, int Offset);
}
