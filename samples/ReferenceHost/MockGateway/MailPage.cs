using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace ReferenceHost.MockGateway;

/// <summary><c>GET /</c>: the last mails, for people. Everything in it was sent by others, so everything is encoded.</summary>
internal static class MailPage
{
    private const string Style = """
        :root { color-scheme: light dark; --line: light-dark(#dfe3ea, #2c333f); --soft: light-dark(#5b6675, #9aa6b6);
          --card: light-dark(#fff, #171b22); --back: light-dark(#f4f6f9, #0e1116); --good: light-dark(#0f7a43, #4ecb8a);
          --bad: light-dark(#b3261e, #ff8a80); }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; background: var(--back);
          font: 1rem/1.5 system-ui, sans-serif; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; margin-bottom: 1rem; }
        h1 { font-size: 1.4rem; margin: 0; }
        a { color: inherit; }
        .soft { color: var(--soft); }
        .counts { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 0 0 1rem; list-style: none; }
        .counts li { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 99rem; background: var(--card); }
        details { margin-bottom: .5rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--card); }
        summary { display: grid; grid-template-columns: 3.5rem 1fr auto; gap: .1rem .8rem; padding: .7rem 1rem; cursor: pointer; }
        summary > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
        summary .to { grid-column: 2 / 4; }
        .status { grid-row: 1 / 3; align-self: center; font-weight: 600; color: var(--bad); }
        .status.good { color: var(--good); }
        .body { padding: 0 1rem 1rem; border-top: 1px solid var(--line); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; overflow-wrap: anywhere; }
        dt { color: var(--soft); } dd { margin: 0; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; }
        iframe { width: 100%; height: 26rem; border: 1px solid var(--line); border-radius: .4rem; background: #fff; }
        @media (max-width: 34rem) { summary { grid-template-columns: 2.6rem 1fr; } summary time { display: none; }
          dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
        """;

    public static IResult Show(MailLog log, HttpResponse response)
    {
        // A mail's own HTML is shown without scripts, and without loading anything that would tell its sender.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";

        var (last, counts) = log.Read();
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Mock gateway</title><style>{Style}</style></head>
            <body>
            <header><h1>Mock gateway</h1><span class="soft">Nothing here was delivered to anyone.</span> <a href="">Refresh</a> <a href="mails">JSON</a></header>
            <ul class="counts">{string.Concat(counts.Select(count => $"<li><b>{count.Key}</b> {count.Value:N0}</li>"))}</ul>
            <main>
            """);
        foreach (var (mail, answer) in last)
        {
            Append(page, mail, answer);
        }

        page.Append(last.Count == 0 ? "<p>No mail yet. It appears here as soon as it is posted to this address.</p>" : "");
        page.Append("</main></body></html>");
        return Results.Content(page.ToString(), "text/html; charset=utf-8");
    }

    private static void Append(StringBuilder page, Mail mail, Answer answer)
    {
        var again = answer.Replayed ? " (answered again)" : "";
        page.Append(CultureInfo.InvariantCulture, $"""
            <details><summary><span class="status{(answer.Taken ? " good" : "")}">{answer.Status}</span>
            <b>{Encode(mail.Subject)}</b><time class="soft">{answer.At:HH:mm:ss}</time>
            <span class="to soft">{Encode(mail.ToName)} &lt;{Encode(mail.To)}&gt;{again}</span></summary>
            <div class="body"><dl>
            """);
        Row(page, "From", $"{mail.FromName} <{mail.From}>");
        Row(page, "At", answer.At.ToString("u", CultureInfo.InvariantCulture));
        Row(page, "Message id", answer.MessageId);
        Row(page, "Error", answer.Error);
        Row(page, "Idempotency-Key", answer.Key);
        foreach (var (name, value) in mail.Headers)
        {
            Row(page, name, value);
        }

        foreach (var file in mail.Attachments)
        {
            Row(page, "File", string.Create(CultureInfo.InvariantCulture, $"{file.Name} ({file.ContentType}, {file.Size:N0} bytes)"));
        }

        page.Append("</dl>");
        if (mail.Html is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<iframe sandbox title=\"HTML part\" loading=\"lazy\" srcdoc=\"{Encode(mail.Html)}\"></iframe>");
        }

        page.Append(string.IsNullOrEmpty(mail.Text) ? "" : $"<pre>{Encode(mail.Text)}</pre>").Append("</div></details>\n");
    }

    private static void Row(StringBuilder page, string name, string? value) =>
        page.Append(value is null ? "" : $"<dt>{Encode(name)}</dt><dd>{Encode(value)}</dd>");

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
