using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailMarketing.Storage;

/// <summary>How records are kept as text.</summary>
internal static class Json
{
    // What is read here was accepted before: attributes as deep as the 64 levels of a request lie one level deeper in a block
    private const int Deep = 256;

    // Fields for the pairs in SendControl; relaxed, since the text never meets HTML and reads better in the file
    private static readonly JsonSerializerOptions Options = new()
    {
        IncludeFields = true,
        MaxDepth = Deep,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    public static Utf8JsonWriter Writer(IBufferWriter<byte> output) => new(output, new JsonWriterOptions { Encoder = Options.Encoder });

    /// <summary>A name as <see cref="Writer"/> writes it.</summary>
    public static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name, Options.Encoder);

    public static JsonDocument Parse(string text) => JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = Deep });

    /// <summary>A recipient's fields as renderers take them: plain values, dictionaries and lists.</summary>
    public static IReadOnlyDictionary<string, object?> ReadFields(string text)
    {
        using var document = Parse(text);
        return TemplateFields.FromJson(document.RootElement);
    }
}
