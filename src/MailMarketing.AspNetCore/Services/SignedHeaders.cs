using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore;

/// <summary>The three headers of a signed call.</summary>
internal sealed record SignedHeaders(string Id, long Timestamp, string Signature)
{
    public const string IdName = "webhook-id";
    public const string TimestampName = "webhook-timestamp";
    public const string SignatureName = "webhook-signature";

    public static bool AnyIn(IHeaderDictionary headers) =>
        headers.ContainsKey(IdName) || headers.ContainsKey(TimestampName) || headers.ContainsKey(SignatureName);

    /// <summary>The headers where each is there once and well formed, else null.</summary>
    public static SignedHeaders? Read(IHeaderDictionary headers)
    {
        var (id, timestamp, signature) = (headers[IdName], headers[TimestampName], headers[SignatureName]);
        if (id.Count != 1 || timestamp.Count != 1 || signature.Count != 1)
        {
            return null;
        }

        // No dot in an id: it is what separates the parts of the text that is signed
        var idFits = id[0] is { Length: >= 1 and <= 128 } text && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return idFits && long.TryParse(timestamp[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? new SignedHeaders(id[0]!, seconds, signature[0] ?? "")
            : null;
    }
}
