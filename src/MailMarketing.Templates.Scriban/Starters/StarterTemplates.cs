namespace MailMarketing;

/// <summary>
/// Emails to begin a template with, in the language <c>scriban</c>: laid out in tables, for light and dark, wide and narrow windows; a text
/// part is made from the HTML when they are sent.
/// </summary>
public static class StarterTemplates
{
    private const string BecauseOfList = "You get this email because you subscribed to our news.";

    /// <summary>A letter with several stories.</summary>
    public static StarterTemplate Newsletter { get; } = Read(
        "newsletter", "Newsletter", "Several stories, one link each.", "What is new in May", "Three stories, and what comes next.", BecauseOfList);

    /// <summary>One piece of news and one button.</summary>
    public static StarterTemplate Announcement { get; } = Read(
        "announcement", "Announcement", "One piece of news, one button.", "Something new is here", "What it is, and what it does for you.",
        BecauseOfList);

    /// <summary>What somebody bought: reads the attributes <c>order_number</c>, <c>lines</c> (<c>title</c>, <c>price</c>) and <c>total</c>.</summary>
    public static StarterTemplate Receipt { get; } = Read(
        "receipt", "Receipt", "What somebody bought, line by line.", "Your receipt", "Thank you for your order.",
        "You get this email because you bought something.");

    /// <summary>The first email to somebody new.</summary>
    public static StarterTemplate Welcome { get; } = Read(
        "welcome", "Welcome", "The first email to somebody new.", "Welcome{{ if first_name }}, {{ first_name }}{{ end }}",
        "Three steps to begin with.", "You get this email because you signed up.");

    /// <summary>What gathered over a time: reads the attribute <c>items</c> (<c>title</c>, <c>url</c>, <c>summary</c>).</summary>
    public static StarterTemplate Digest { get; } = Read(
        "digest", "Digest", "What gathered for each reader over a week.", "Your week", "What happened, in one list.",
        "You get this email because you follow something here.");

    /// <summary>All of them, the most usual first.</summary>
    public static IReadOnlyList<StarterTemplate> All { get; } = [Newsletter, Announcement, Welcome, Digest, Receipt];

    private static StarterTemplate Read(string name, string title, string purpose, string subject, string preheader, string why) => new(
        name, title, purpose, new TemplateSource
        {
            Subject = subject,
            Preheader = preheader,
            Html = Text("frame")
                .Replace("@title", title, StringComparison.Ordinal)
                .Replace("@content", Text(name).TrimEnd(), StringComparison.Ordinal)
                .Replace("@why", why, StringComparison.Ordinal),
        });

    private static string Text(string name)
    {
        using var stream = typeof(StarterTemplates).Assembly.GetManifestResourceStream($"MailMarketing.Starters.{name}.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
