using System.Text;

namespace MailMarketing;

/// <summary>Writes a template with <c>{name}</c> placeholders anew in Scriban; it gives the same emails.</summary>
internal static class BracesConversion
{
    private const string Open = "{{ '{{' }}";

    public static TemplateSource ToScriban(TemplateSource source) => source with
    {
        Subject = ToScriban(source.Subject)!,
        Html = ToScriban(source.Html),
        Text = ToScriban(source.Text),
        Language = "scriban",
    };

    private static string? ToScriban(string? part)
    {
        if (part is null)
        {
            return null;
        }

        var literal = new StringBuilder();
        var result = new StringBuilder();
        for (var i = 0; i < part.Length; i++)
        {
            var isDoubled = i + 1 < part.Length && part[i + 1] == part[i];
            if (part[i] is '{' or '}' && isDoubled)
            {
                literal.Append(part[i++]);
            }
            else if (part[i] == '{' && part.IndexOf('}', i) is var end and > 0)
            {
                // A brace of the text just before the tag would become a part of it.
                Flush(beforeTag: true);
                result.Append("{{ ").Append(part, i + 1, end - i - 1).Append(" }}");
                i = end;
            }
            else
            {
                literal.Append(part[i]);
            }
        }

        Flush(beforeTag: false);
        return result.ToString();

        void Flush(bool beforeTag)
        {
            var text = literal.Replace("{{", Open).ToString();
            literal.Clear();
            result.Append(beforeTag && text.EndsWith('{') ? $"{text[..^1]}{{{{ '{{' }}}}" : text);
        }
    }
}
