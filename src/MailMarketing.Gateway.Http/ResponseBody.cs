using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MailMarketing.Gateway.Http;

/// <summary>What an answer says beside its status. Whatever is wrong with it, the status already decided.</summary>
internal sealed class ResponseBody
{
    /// <summary>More than this is not read: no answer needs it.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxMessageId = 255;
    private const int MaxExcerpt = 300;

    private static readonly ResponseBody _unreadable = new(null, null, null);

    private ResponseBody(string? messageId, string? error, string? excerpt) => (MessageId, Error, Excerpt) = (messageId, error, excerpt);

    /// <summary>The member <c>message_id</c>; null where it is missing, not a string, has control characters or is too long.</summary>
    public string? MessageId { get; }

    /// <summary>The member <c>error</c>, as it came.</summary>
    public string? Error { get; }

    /// <summary>What to show people, on one line.</summary>
    public string? Excerpt { get; }

    public static async Task<ResponseBody> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            int length = 0, read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
            {
                length += read;
                if (length > MaxBytes)
                {
                    return _unreadable;
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(length * 2);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            return Parse(buffer.AsMemory(0, length), response.Content.Headers.ContentType?.MediaType);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            return _unreadable;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ResponseBody Parse(ReadOnlyMemory<byte> body, string? mediaType)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                return _unreadable;
            }

            var id = Text(json.RootElement, "message_id");
            var error = Text(json.RootElement, "error");
            var detail = Text(json.RootElement, "detail") ?? Text(json.RootElement, "message");
            return new ResponseBody(id is { Length: > 0 and <= MaxMessageId } && !id.Any(char.IsControl) ? id : null, error, OneLine(error ?? detail));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return mediaType == "text/plain" ? new ResponseBody(null, null, OneLine(Encoding.UTF8.GetString(body.Span))) : _unreadable;
        }
    }

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? OneLine(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var line = string.Concat(text.Trim().Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= MaxExcerpt ? line : line[..(char.IsHighSurrogate(line[MaxExcerpt - 1]) ? MaxExcerpt - 1 : MaxExcerpt)];
    }
}
