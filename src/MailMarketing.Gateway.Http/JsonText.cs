using System.Buffers;
using System.Text;

namespace MailMarketing.Gateway.Http;

/// <summary>
/// A long text as a JSON string. The library's encoder looks at every character of a text that has a single quotation mark, and HTML has
/// many; here what needs no escape is copied at once.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<char> _special = SearchValues.Create(['"', '\\', .. Enumerable.Range(0, 32).Select(code => (char)code)]);

    /// <summary>Writes the text in quotes; half a character becomes U+FFFD.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        for (int next; (next = text.IndexOfAny(_special)) >= 0; text = text[(next + 1)..])
        {
            Encoding.UTF8.GetBytes(text[..next], output);
            output.Write(Escaped(text[next]));
        }

        Encoding.UTF8.GetBytes(text, output);
        output.Write("\""u8);
    }

    private static ReadOnlySpan<byte> Escaped(char character) => character switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\n' => "\\n"u8,
        '\r' => "\\r"u8,
        '\t' => "\\t"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)character:x4}"),
    };
}
