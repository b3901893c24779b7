using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MailMarketing.AspNetCore;

/// <summary>Judges a body as a whole: its type, its encoding, its JSON.</summary>
internal static class WireBody
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>Whether a request says that it carries JSON in UTF-8, uncompressed.</summary>
    public static bool IsJson(HttpRequest request) =>
        request.HasJsonContentType()
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.All(encoding => string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase));

    /// <summary>Parses a body that must be one JSON object.</summary>
    /// <exception cref="WireException">It is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            throw new WireException(null, "The body is empty: it must be a JSON object.");
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw new WireException(null, "The body is not valid UTF-8.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Strict);
        }
        catch (JsonException mistake)
        {
            throw new WireException(null, $"The body is not JSON as it is read here (one value, nested at most 64 deep, no member twice): "
                + $"line {mistake.LineNumber + 1 ?? 1}, byte {mistake.BytePositionInLine + 1 ?? 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new WireException(null, "The body has a member whose name is not valid Unicode text.");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw new WireException(null, "The body must be a JSON object.");
        }

        return document;
    }
}
