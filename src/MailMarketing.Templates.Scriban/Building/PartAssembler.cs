using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>Puts the layouts and partials that a part names into it, as text, and remembers where each piece was written.</summary>
internal sealed class PartAssembler(string part, string? translation, IReadOnlyDictionary<string, TemplateSource> parts)
{
    private const int DeepestNesting = 20;
    private const int MostPieces = 2_000;

    private readonly StringBuilder _text = new();
    private readonly List<PartText.Segment> _segments = [];
    private readonly List<TemplateMistake> _mistakes = [];
    private readonly Stack<string> _open = new();
    private int _pieces;

    /// <summary>The part with everything in it, and what is wrong with what it names.</summary>
    public static (PartText Text, IReadOnlyList<TemplateMistake> Mistakes) Assemble(
        string part, string source, TemplateKind kind, string? translation, IReadOnlyDictionary<string, TemplateSource> parts)
    {
        var assembler = new PartAssembler(part, translation, parts);

        // A layout alone has its content left empty.
        assembler.Document(null, source, kind == TemplateKind.Layout ? new Slots(null, []) : null);
        return (new PartText(part, assembler._text.ToString(), assembler._segments) { Translation = translation }, assembler._mistakes);
    }

    private void Document(string? template, string source, Slots? slots)
    {
        var text = new PartText(part, source, [new(0, source.Length, template, source, 0)]) { Translation = translation };
        if (new TokenCheck(text).FirstMistake() is { } mistake)
        {
            _mistakes.Add(mistake);
            return;
        }

        var tags = Tag.Of(source);
        var whole = new Piece(text, tags, 0, source.Length, slots, template);
        if (tags is not [var first, ..] || Directive.Of(first) is not { Word: "layout" } layout
            || !string.IsNullOrWhiteSpace(source[..first.Start]))
        {
            Write(whole);
            return;
        }

        var blocks = new Dictionary<string, Piece>(StringComparer.OrdinalIgnoreCase);
        foreach (var (block, inner, end) in BlocksIn(whole with { Start = first.End }))
        {
            blocks[block.Name] = inner;
            JudgeEnd(block, inner, end);
        }

        // What was said further out goes before.
        foreach (var (name, piece) in slots?.Blocks ?? [])
        {
            blocks[name] = piece;
        }

        // A block that the layout does not know stays where it is.
        var content = whole with { Start = first.End, TakenOut = BlockNames(layout.Name) };
        Enter(layout, whole, new Slots(content, blocks), TemplateKind.Layout);
    }

    private void Write(Piece piece)
    {
        var at = piece.Start;
        foreach (var tag in piece.Tags)
        {
            if (tag.Start < at || tag.End > piece.End || Directive.Of(tag) is not { } directive)
            {
                continue;
            }

            if (directive.Word == "content" && piece.Slots is null)
            {
                continue;
            }

            Literal(piece, at, tag.Start);
            var (before, after) = Trims(piece, tag);
            Literal(before);
            at = tag.End;
            switch (directive.Word)
            {
                case "include":
                    Enter(directive, piece, null, TemplateKind.Partial);
                    break;
                case "layout":
                    _mistakes.Add(piece.Text.At(tag.Start, "`layout` is the first thing in a part; move it to the top."));
                    break;
                case "content" when piece.Slots!.Content is { } content:
                    Write(content);
                    break;
                case "block":
                    at = Block(directive, piece);
                    break;
            }

            Literal(after);
        }

        Literal(piece, at, piece.End);
    }

    /// <summary>Writes a block, or what takes its place; gives the offset behind its end.</summary>
    private int Block(Directive directive, Piece piece)
    {
        var (_, inner, end) = BlocksIn(piece with { Start = directive.Tag.Start }).First();
        JudgeEnd(directive, inner, end);
        if (piece.TakenOut?.Contains(directive.Name) == true)
        {
            return end;
        }

        if (piece.Slots?.Blocks.TryGetValue(directive.Name, out var other) == true)
        {
            inner = other;
        }

        if (Counts(directive, piece))
        {
            Write(inner with { TakenOut = null });
        }

        return end;
    }

    /// <summary>The blocks that stand in a piece itself, in order: the directive, what is in it, and the offset behind its end.</summary>
    private static IEnumerable<(Directive Block, Piece Inner, int End)> BlocksIn(Piece piece)
    {
        Directive? open = null;
        var depth = 0;
        foreach (var tag in piece.Tags.Where(tag => tag.Start >= piece.Start && tag.End <= piece.End))
        {
            if (open is null && depth == 0 && Directive.Of(tag) is { Word: "block" } block)
            {
                (open, depth) = (block, 1);
                continue;
            }

            depth += tag.Depth;
            if (open is not null && depth == 0)
            {
                yield return (open, piece with { Start = open.Tag.End, End = tag.Start }, tag.End);
                open = null;
            }
        }

        if (open is not null)
        {
            yield return (open, piece with { Start = open.Tag.End, End = piece.End }, piece.End);
        }
    }

    private void JudgeEnd(Directive block, Piece inner, int end)
    {
        if (inner.End == end)
        {
            _mistakes.Add(inner.Text.At(block.Tag.Start, $"The block `{block.Name}` never ends; close it with `{{{{ end }}}}`."));
        }
    }

    /// <summary>The blocks of a layout and of its own layouts.</summary>
    private HashSet<string> BlockNames(string layout)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (string? next = layout; next is not null && seen.Add(next) && parts.TryGetValue(next, out var source);)
        {
            var directives = TextOf(source) is { } text ? Tag.Of(text).Select(Directive.Of).OfType<Directive>().ToList() : [];
            names.UnionWith(directives.Where(one => one.Word == "block").Select(one => one.Name));
            next = directives.Find(one => one.Word == "layout")?.Name;
        }

        return names;
    }

    private string? TextOf(TemplateSource source) => part == TemplateParts.Text ? source.Text
        : source.Html ?? (source.Markdown is { } markdown ? MarkdownBody.ToHtml(markdown) : null);

    private void Enter(Directive directive, Piece from, Slots? slots, TemplateKind kind)
    {
        var name = directive.Name;
        var word = kind == TemplateKind.Layout ? "layout" : "partial";
        if (!parts.TryGetValue(name, out var source) || source.Kind != kind)
        {
            var known = parts.Where(one => one.Value.Kind == kind).Select(one => one.Key);
            _mistakes.Add(from.Text.At(
                directive.Tag.Start, $"There is no {word} named `{name}`.{NearestName.Question(name, known)} Add it under Templates, as a {word}."));
        }
        else if (_open.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            _mistakes.Add(from.Text.At(
                directive.Tag.Start, $"`{name}` would contain itself ({string.Join(" → ", _open.Reverse().Append(name))}); break the circle."));
        }
        else if (TextOf(source) is not { } text)
        {
            _mistakes.Add(from.Text.At(directive.Tag.Start, $"The {word} `{name}` has no {part} part that can be read; write one for it."));
        }
        else if (Counts(directive, from))
        {
            _open.Push(name);
            Document(name, text, slots);
            _open.Pop();
        }
    }

    private bool Counts(Directive directive, Piece piece)
    {
        if (_open.Count < DeepestNesting && ++_pieces <= MostPieces && _text.Length <= Limits.TemplateSource)
        {
            return true;
        }

        if (_mistakes.Count == 0)
        {
            _mistakes.Add(piece.Text.At(
                directive.Tag.Start, $"With all that it names, this part is larger than {Limits.TemplateSource / 1024} KiB or nested too deeply."));
        }

        return false;
    }

    private void Literal(Piece piece, int start, int end)
    {
        if (end > start)
        {
            _segments.Add(new(_text.Length, end - start, piece.Template, piece.Text.Text, start));
            _text.Append(piece.Text.Text, start, end - start);
        }
    }

    private void Literal(string text) => _text.Append(text);

    // The dashes and tildes of a tag that goes act on the white space around it all the same.
    private static (string Before, string After) Trims(Piece piece, Tag tag)
    {
        var text = piece.Text.Text;
        var before = text[tag.Start + 2] is '-' or '~' ? $"{{{{{text[tag.Start + 2]} '' }}}}" : "";
        var after = text[tag.End - 3] is '-' or '~' ? $"{{{{ '' {text[tag.End - 3]}}}}}" : "";
        return (before, after);
    }

    /// <summary>What a layout gets: what stands for its content, and in place of its blocks.</summary>
    private sealed record Slots(Piece? Content, Dictionary<string, Piece> Blocks);

    /// <summary>A range of a source that is to be written.</summary>
    private sealed record Piece(PartText Text, List<Tag> Tags, int Start, int End, Slots? Slots, string? Template)
    {
        /// <summary>The names of blocks that stand elsewhere; null for none.</summary>
        public HashSet<string>? TakenOut { get; init; }
    }
}
