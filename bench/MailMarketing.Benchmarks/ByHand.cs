using System.Globalization;
using System.Text;

namespace MailMarketing.Benchmarks;

/// <summary>The newsletter as code that knows it by heart would build it.</summary>
internal sealed class ByHand
{
    private readonly StringBuilder _builder = new(8_192);
    private readonly string[] _html = Pieces(Newsletter.Html);
    private readonly string[] _text = Pieces(Newsletter.Text);

    public RenderedEmail Render(Recipient reader) => new(
        $"News for {reader.Fields["name"]}", Build(_html, reader.Fields, escapes: true), Build(_text, reader.Fields, escapes: false));

    private static string[] Pieces(string template) => [.. template.Split("{{", StringSplitOptions.None)
        .Select((piece, i) => i == 0 ? piece : piece[(piece.IndexOf("}}", StringComparison.Ordinal) + 2)..])];

    private string Build(string[] pieces, IReadOnlyDictionary<string, object?> fields, bool escapes)
    {
        var attributes = (Dictionary<string, object?>)fields["attributes"]!;
        _builder.Clear();
        _builder.Append(pieces[0]);
        Value(fields["first_name"], 1);
        Value(fields["name"], 2);
        Value(fields["email"], 3);
        Value(attributes["city"], 4);
        foreach (var item in (List<object?>)attributes["items"]!)
        {
            var story = (Dictionary<string, object?>)item!;
            _builder.Append(pieces[5]);
            Value(story["url"], 6);
            Value(story["title"], 7);
        }

        _builder.Append(pieces[8]);
        if (attributes["vip"] is true)
        {
            _builder.Append(pieces[9]);
            Value(attributes["points"], 10);
            Value(attributes["plan"], 11);
        }

        _builder.Append(pieces[12]);
        Value(attributes["month"], 13);
        Value(attributes["sender"], 14);
        Value(fields["unsubscribe_url"], 15);
        return _builder.ToString();

        void Value(object? value, int next)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            if (escapes)
            {
                Escape(text);
            }
            else
            {
                _builder.Append(text);
            }

            _builder.Append(pieces[next]);
        }
    }

    private void Escape(string text)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '<' => _builder.Append("&lt;"),
                '>' => _builder.Append("&gt;"),
                '&' => _builder.Append("&amp;"),
                '"' => _builder.Append("&quot;"),
                '\'' => _builder.Append("&#39;"),
                _ => _builder.Append(character),
            };
        }
    }
}
