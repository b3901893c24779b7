namespace MailMarketing.Templates.Scriban;

/// <summary>Gives links and images without a host the public address, since an email has no address of its own.</summary>
internal static class AbsoluteAddresses
{
    private static readonly string[] Attributes = ["href", "src", "background", "poster"];

    public static string In(string html, Uri publicUrl)
    {
        using var edits = new HtmlEdits(html);
        foreach (var element in edits.Elements)
        {
            var tag = edits.StartOf(element);
            foreach (var attribute in Attributes)
            {
                if (tag.Find(attribute) is var (value, start, end) && Absolute(value, publicUrl, edits.Shield) is { } absolute)
                {
                    edits.Replace(start, end, absolute);
                }
            }
        }

        return edits.Apply();
    }

    /// <summary>The address with its host; null where it has one, is an anchor, or begins with what only a recipient decides.</summary>
    private static string? Absolute(string address, Uri publicUrl, TagShield shield)
    {
        var literal = shield.Split(address).First().Literal;
        var colon = literal.IndexOf(':', StringComparison.Ordinal);
        if (literal.Length == 0 || literal[0] is '#' or '&' || (colon >= 0 && literal.AsSpan(0, colon).IndexOfAny("/?#") < 0))
        {
            return null;
        }

        return literal switch
        {
            ['/', '/', ..] => $"{publicUrl.Scheme}:{address}",
            ['/', ..] => publicUrl.GetLeftPart(UriPartial.Authority) + address,
            _ => $"{publicUrl.AbsoluteUri.TrimEnd('/')}/{address}",
        };
    }
}
