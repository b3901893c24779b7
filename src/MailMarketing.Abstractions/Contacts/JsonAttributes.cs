using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MailMarketing;

/// <summary>Attributes that are JSON already: whoever only stores them need not take them apart.</summary>
/// <param name="text">A JSON object that is fit to be stored.</param>
internal sealed class JsonAttributes(string text) : IReadOnlyDictionary<string, JsonElement>
{
    private Dictionary<string, JsonElement>? _read;

    /// <summary>No attributes.</summary>
    public static JsonAttributes None { get; } = new("{}");

    public string Text => text;

    public int Count => Read.Count;

    public IEnumerable<string> Keys => Read.Keys;

    public IEnumerable<JsonElement> Values => Read.Values;

    private Dictionary<string, JsonElement> Read => _read ??= Storage.Json.Read<Dictionary<string, JsonElement>>(text);

    public JsonElement this[string key] => Read[key];

    /// <summary>Attributes as they are stored.</summary>
    public static string TextOf(IReadOnlyDictionary<string, JsonElement> attributes) =>
        attributes is JsonAttributes written ? written.Text : Storage.Json.Write(attributes);

    public bool ContainsKey(string key) => Read.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonElement value) => Read.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => Read.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
