using System.Globalization;
using System.Text;

namespace MailMarketing.Benchmarks;

/// <summary>The newsletter's literal pieces and the escaped values, one after the other: what a template engine can at best be.</summary>
internal sealed class ByHand
{
    private readonly StringBuilder _builder = new(8_192);
    private readonly string[] _pieces = Newsletter.Html.Split("{{", StringSplitOptions.None)
        .Select((piece, i) => i == 0 ? piece : piece[(piece.IndexOf("}}", StringComparison.Ordinal) + 2)..]).ToArray();

    public RenderedEmail Render(Recipient reader)
    {
        var (fields, piece) = (reader.Fields, 0);
        var attributes = (Dictionary<string, object?>)fields["attributes"]!;
        var items = (List<object?>)attributes["items"]!;
        _builder.Clear();
        Literal();
        Value(fields["first_name"]);
        Value(fields["name"]);
        Value(fields["email"]);
        Value(attributes["city"]);
        var loop = piece;
        foreach (Dictionary<string, object?> item in items.Cast<Dictionary<string, object?>>())
        {
            piece = loop;
            Value(item["url"]);
            Value(item["title"]);
        }

        Literal();
        Literal();
        Value(attributes["points"]);
        Value(attributes["plan"]);
        Literal();
        Value(attributes["month"]);
        Value(attributes["sender"]);
        Value(fields["unsubscribe_url"]);
        return new RenderedEmail($"News for {fields["name"]}", _builder.ToString(), null);

        void Literal() => _builder.Append(_pieces[piece++]);

        void Value(object? value)
        {
            foreach (var character in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
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

            Literal();
        }
    }
}
