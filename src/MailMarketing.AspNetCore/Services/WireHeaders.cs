using System.Text;

namespace MailMarketing.AspNetCore;

/// <summary>Reads the custom headers of a message.</summary>
internal static class WireHeaders
{
    public static IReadOnlyDictionary<string, string> Read(WireValue value)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, text) in value.Members())
        {
            if (!HeaderRules.IsName(name))
            {
                throw value.Mistake("A header's name must be 1 to 128 letters, digits or hyphens.");
            }

            if (HeaderRules.IsReserved(name))
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
