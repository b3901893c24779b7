namespace MailMarketing.Dashboard.Samples;

/// <summary>Two templates that show what templates can do.</summary>
internal static class SampleTemplates
{
    public static IReadOnlyList<(string Name, TemplateSource Source)> All { get; } =
    [
        ("Monthly newsletter", new TemplateSource
        {
            Subject = "{{ first_name ?? \"Hello\" }}, three things to try this month",
            Html = Frame("Three things to try this month", "Short reads for a quiet quarter of an hour.", """
                <p style="margin:0 0 16px">Hello {{ first_name ?? "there" }},</p>
                <p style="margin:0 0 24px">Whether {{ attributes.city ?? "your town" }} is bright or grey today: here are three short reads for a quiet quarter
                of an hour.</p>
                """ + Story("1", "Plan the week in ten minutes", "One page, three columns, and what to leave out.")
                    + Story("2", "Write subjects that people open", "Say what is inside, in the first five words.")
                    + Story("3", "Clean your list without losing friends", "Ask those who went quiet before you let them go.") + """
                {{ if (attributes.plan ?? "Free") == "Free" }}
                <p style="margin:24px 0 0">You are on our free plan. Plus adds reports and a second workspace.</p>
                {{ else }}
                <p style="margin:24px 0 0">You have collected <strong>{{ attributes.points ?? 0 }} points</strong> with your {{ attributes.plan }}
                plan. Thank you for being with us.</p>
                {{ end }}
                """, ("Read on", "https://example.com/stories")),
            Text = """
                Hello {{ first_name ?? "there" }},

                three short reads for a quiet quarter of an hour:

                1. Plan the week in ten minutes
                2. Write subjects that people open
                3. Clean your list without losing friends

                Read on: https://example.com/stories

                You get this email because you subscribed. Unsubscribe: {{ unsubscribe_url }}
                Example Shop, 1 Market Square, 12345 Exampletown
                """,
        }),
        ("Welcome", new TemplateSource
        {
            Subject = "Welcome, {{ first_name ?? \"friend\" }}",
            Html = Frame("Welcome on board", "Two minutes to set up, and you are ready.", """
                <p style="margin:0 0 16px">Hello {{ name ?? "there" }},</p>
                <p style="margin:0 0 16px">Good to have you here. Your {{ attributes.plan ?? "new" }} account is ready, and two minutes are enough to set
                it up:</p>
                <ol style="margin:0 0 8px;padding-left:20px">
                <li style="margin:0 0 8px">Tell us what to call you.</li>
                <li style="margin:0 0 8px">Choose what you want to hear about.</li>
                <li>Invite somebody you work with.</li>
                </ol>
                """, ("Set up my account", "https://example.com/start")),
            Text = """
                Hello {{ name ?? "there" }},

                good to have you here. Set up your account in two minutes: https://example.com/start

                Unsubscribe: {{ unsubscribe_url }}
                Example Shop, 1 Market Square, 12345 Exampletown
                """,
        }),
    ];

    // Tables and inline styles, since mail programs know little else
    private static string Frame(string title, string preheader, string body, (string Label, string Url) button) => $$$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{{title}}}</title>
        <style>
        @media (prefers-color-scheme: dark) {
          .ground { background: #14171f !important; }
          .card { background: #1e2330 !important; color: #e7eaf3 !important; }
          .quiet { color: #a3abc2 !important; }
        }
        </style>
        </head>
        <body class="ground" style="margin:0;background:#eef1f8">
        <div style="display:none;max-height:0;overflow:hidden">{{{preheader}}}</div>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="ground" style="background:#eef1f8">
        <tr><td align="center" style="padding:32px 16px">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
        <tr><td style="background:#2f5bd7;border-radius:12px 12px 0 0;padding:28px 32px;color:#fff;font:700 24px/1.25 Arial,sans-serif">
        {{{title}}}</td></tr>
        <tr><td class="card" style="background:#fff;border-radius:0 0 12px 12px;padding:32px;color:#20263a;font:16px/1.6 Arial,sans-serif">
        {{{body}}}
        <p style="margin:24px 0 0"><a href="{{{button.Url}}}"
        style="display:inline-block;background:#2f5bd7;color:#fff;text-decoration:none;padding:12px 24px;border-radius:8px;font-weight:700">{{{button.Label}}}</a></p>
        </td></tr>
        <tr><td class="quiet" style="padding:20px 32px;color:#67708a;font:13px/1.6 Arial,sans-serif;text-align:center">
        You get this email because you subscribed. <a href="{{ unsubscribe_url }}" style="color:inherit">Unsubscribe</a><br>
        Example Shop, 1 Market Square, 12345 Exampletown
        </td></tr>
        </table>
        </td></tr>
        </table>
        </body>
        </html>
        """;

    private static string Story(string number, string title, string text) => $"""
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px"><tr>
        <td width="44" valign="top" style="font:700 22px/1.3 Arial,sans-serif;color:#2f5bd7">{number}</td>
        <td style="font:16px/1.5 Arial,sans-serif"><strong>{title}</strong><br>{text}</td>
        </tr></table>
        """;
}
