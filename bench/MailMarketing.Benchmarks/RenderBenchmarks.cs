using System.Text;
using BenchmarkDotNet.Attributes;

namespace MailMarketing.Benchmarks;

/// <summary>One newsletter for one recipient, against building the same string by hand with the same escaping.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly ICompiledTemplate _html = Newsletter.Compile(new() { Subject = "News for {{ name }}", Html = Newsletter.Html });
    private readonly StringBuilder _builder = new(8_192);
    private readonly string[] _pieces = Newsletter.Html.Split("{{", StringSplitOptions.None)
        .Select((piece, i) => i == 0 ? piece : piece[(piece.IndexOf("}}", StringComparison.Ordinal) + 2)..]).ToArray();

    /// <summary>The ceiling: the literal pieces and the escaped values, one after the other.</summary>
    [Benchmark(Baseline = true)]
    public RenderedEmail ByHand()
    {
        var (fields, piece) = (Newsletter.Reader.Fields, 0);
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
            foreach (var character in Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "")
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

    /// <summary>The template as the engine renders it.</summary>
    [Benchmark]
    public RenderedEmail Scriban() => _html.Render(Newsletter.Reader);
}
