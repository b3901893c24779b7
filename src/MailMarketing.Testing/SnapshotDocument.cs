using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;

namespace MailMarketing;

/// <summary>Mails one below the other, as a person reads them in a review.</summary>
internal sealed class SnapshotDocument(Mailbox from)
{
    private readonly StringBuilder _text = new();

    public void Add(SampleContact person, RenderedEmail mail)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        Line($"=== {person.Label} ===");
        Line($"From: {Of(from.Name, from.Email)}");
        Line($"To: {Of(person.Contact.Name, person.Contact.Email)}");
        Line($"Subject: {mail.Subject}");
        Part("text", mail.Text);
        Part("html", mail.Html is null ? null : Pretty(mail.Html));
    }

    public override string ToString() => _text.ToString();

    private static string Of(string? name, string email) => string.IsNullOrWhiteSpace(name) ? email : $"{name} <{email}>";

    private static string Pretty(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        using var text = new StringWriter { NewLine = "\n" };
        document.ToHtml(text, new PrettyMarkupFormatter { Indentation = "  ", NewLine = "\n" });
        return text.ToString();
    }

    private void Part(string name, string? content)
    {
        if (content is null)
        {
            return;
        }

        Line($"--- {name} ---");
        foreach (var line in content.ReplaceLineEndings("\n").Trim('\n').Split('\n'))
        {
            Line(line.TrimEnd());
        }
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
