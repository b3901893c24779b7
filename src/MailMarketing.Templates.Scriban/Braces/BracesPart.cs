using System.Globalization;
using System.Text;

namespace MailMarketing.Templates.Scriban;

/// <summary>One part in braces, as literal text and fields in turn.</summary>
internal sealed class BracesPart
{
    private readonly string _name;
    private readonly List<(string Text, bool IsField)> _segments = [];

    private BracesPart(string name) => _name = name;

    /// <summary>The part and its first mistakes; <paramref name="knownFields"/> null takes any well-formed name.</summary>
    public static (BracesPart Part, List<TemplateMistake> Mistakes) Parse(string name, string source, IReadOnlySet<string>? knownFields)
    {
        var part = new BracesPart(name);
        var mistakes = new List<TemplateMistake>();
        if (TemplateParts.TooLarge(name, source) is { } tooLarge)
        {
            return (part, [tooLarge]);
        }

        var literal = new StringBuilder();
        for (var i = 0; i < source.Length; i++)
        {
            var character = source[i];
            var isDoubled = i + 1 < source.Length && source[i + 1] == character;
            if (character is not ('{' or '}') || isDoubled)
            {
                literal.Append(character);
                i += character is '{' or '}' ? 1 : 0;
                continue;
            }

            var end = character == '{' ? source.IndexOfAny(['{', '}'], i + 1) : -1;
            if (end < 0 || source[end] != '}')
            {
                Add(i, character == '{' ? "This `{` has no `}`; write `{{` for the character itself." : "Write `}}` for the character itself.");
                break;
            }

            var field = source[(i + 1)..end];
            if (!IsName(field))
            {
                Add(i, $"`{{{Shown(field)}}}` is not a field's name; between braces stands a name alone, such as {{name}}.");
            }
            else if (knownFields?.Contains(field) == false)
            {
                Add(i, $"There is no field `{Shown(field)}`; known are {string.Join(", ", knownFields.Order(StringComparer.Ordinal))}.");
            }

            part._segments.Add((literal.ToString(), false));
            part._segments.Add((field, true));
            literal.Clear();
            i = end;
        }

        part._segments.Add((literal.ToString(), false));
        if (name == TemplateParts.Subject && TemplateParts.ControlInSubject(source, _ => true) is { } control)
        {
            mistakes.Add(control);
        }

        return (part, mistakes);

        void Add(int offset, string message)
        {
            var (line, column) = TemplateParts.Place(source, offset);
            mistakes.Add(new TemplateMistake(name, line, column, message));
        }
    }

    public string Render(Recipient recipient)
    {
        var output = new StringBuilder();
        foreach (var (segment, isField) in _segments)
        {
            var value = isField ? Value(recipient, segment) : segment;
            if (isField && _name == TemplateParts.Html)
            {
                value = UrlGuard.Allows(output, value) ? HtmlText.Escape(value) : "#";
            }

            if (output.Length + value.Length > Limits.RenderedPart)
            {
                throw new TemplateException($"The template's {_name} is larger than {Limits.RenderedPart / 1024} KiB for this recipient.");
            }

            output.Append(value);
        }

        return output.ToString();
    }

    private string Value(Recipient recipient, string field) => recipient.Fields.TryGetValue(field, out var value)
        ? value switch
        {
            null => "",
            string text => text,
            IConvertible => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
            _ => throw new TemplateException($"The template's {_name} uses {{{field}}}, which is not one value."),
        }
        : throw new TemplateException($"The template's {_name} uses {{{field}}}, which this recipient does not have.");

    private static bool IsName(string field) =>
        field.Length > 0 && !char.IsAsciiDigit(field[0]) && field.All(character => char.IsLetterOrDigit(character) || character == '_');

    private static string Shown(string field) => field.Length <= 40 ? field : field[..40] + "…";
}
