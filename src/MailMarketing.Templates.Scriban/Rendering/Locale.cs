using System.Collections.Concurrent;
using System.Globalization;

namespace MailMarketing.Templates.Scriban;

/// <summary>How a recipient reads dates and numbers.</summary>
/// <param name="Language">The language tag, in lower case.</param>
/// <param name="Culture">How numbers and dates are written.</param>
/// <param name="Zone">Which clock counts.</param>
internal sealed record Locale(string Language, CultureInfo Culture, TimeZoneInfo Zone)
{
    // Recipients bring the names: what is remembered is bounded by the names that there are.
    private static readonly ConcurrentDictionary<string, CultureInfo> Cultures = new(StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Known =
        new(CultureInfo.GetCultures(CultureTypes.AllCultures).Select(culture => culture.Name), StringComparer.OrdinalIgnoreCase);

    public static Locale Default { get; } = new("en", CultureInfo.GetCultureInfo("en"), TimeZoneInfo.Utc);

    /// <summary>The culture of a language tag, without what a machine's own settings would change; null for none.</summary>
    public static CultureInfo? CultureOf(string? language)
    {
        var tag = language?.Replace('_', '-').Trim();
        return string.IsNullOrEmpty(tag) || !Known.Contains(tag)
            ? null
            : Cultures.GetOrAdd(tag, name => CultureInfo.ReadOnly(new CultureInfo(name, useUserOverride: false)));
    }

    /// <summary>A time zone by its name; null for none.</summary>
    public static TimeZoneInfo? ZoneOf(string? name) =>
        name is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>Of a recipient with these attributes.</summary>
    public static Locale Of(IReadOnlyDictionary<string, object?> fields, Locale otherwise)
    {
        var attributes = fields.GetValueOrDefault("attributes") as IReadOnlyDictionary<string, object?>;
        var language = attributes?.GetValueOrDefault("language") as string;
        var culture = CultureOf(language) ?? CultureOf(language?.Split('-', '_')[0]);
        return new Locale(
            (language is { Length: > 0 and <= 64 } ? language.Replace('_', '-').Trim() : otherwise.Language).ToLowerInvariant(),
            culture ?? otherwise.Culture,
            ZoneOf(attributes?.GetValueOrDefault("time_zone") as string) ?? otherwise.Zone);
    }

    /// <summary>Whether a text in a language is for this recipient: in that language, or in a wider one.</summary>
    public bool Speaks(string language) => Language.Equals(language, StringComparison.OrdinalIgnoreCase)
        || Language.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase);
}
