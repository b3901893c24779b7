using System.Buffers;
using System.Text;

namespace MailMarketing.AspNetCore;

/// <summary>The rule for custom headers: names that a message may carry besides those the sender writes itself.</summary>
internal static class WireHeaders
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "to", "from", "cc", "bcc", "sender", "reply-to", "subject", "date", "message-id", "return-path", "received", "dkim-signature",
        "mime-version",
    };

    public static IReadOnlyDictionary<string, string> Read(WireValue value)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in value.Members())
        {
            if (name.Length is 0 or > 128 || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                throw value.Mistake("A header's name must be 1 to 128 letters, digits or hyphens.");
            }

            if (Reserved.Contains(name) || name.StartsWith("content-", StringComparison.OrdinalIgnoreCase))
            {
                throw text.Mistake("This header is written by the sender itself and cannot be set.");
            }

            var line = text.Line(Limits.HeaderValue);
            if (Encoding.UTF8.GetByteCount(line) > Limits.HeaderValue)
            {
                throw text.Mistake($"A header's value may have {Limits.HeaderValue} bytes.");
            }

            if (!headers.TryAdd(name, line))
            {
                throw text.Mistake("This header is there twice.");
            }
        }

        return headers.Count <= Limits.Headers ? headers : throw value.Mistake($"There may be at most {Limits.Headers} headers.");
    }
}
