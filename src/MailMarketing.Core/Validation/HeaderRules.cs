namespace MailMarketing;

/// <summary>Which custom headers a message may carry besides those the sender writes itself.</summary>
internal static class HeaderRules
{
    /// <summary>Where answers go (RFC 5322, 3.6.2); the sender's address where it is missing.</summary>
    public const string ReplyTo = "Reply-To";

    private const string TokenPunctuation = "!#$%&'*+-.^_`|~";

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "to", "from", "cc", "bcc", "sender", "subject", "date", "message-id", "return-path", "received", "dkim-signature",
        "mime-version",
    };

    /// <summary>Whether it is a token (RFC 9110, 5.6.2) of 1 to <see cref="Limits.Name"/> characters.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= Limits.Name
        && name.All(c => char.IsAsciiLetterOrDigit(c) || TokenPunctuation.Contains(c, StringComparison.Ordinal));

    /// <summary>Whether every message has this header already, or it says how the body is written.</summary>
    public static bool IsReserved(string name) =>
        Reserved.Contains(name) || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase);
}
