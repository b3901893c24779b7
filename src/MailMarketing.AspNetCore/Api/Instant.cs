using System.Globalization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A moment as the API takes it: ISO 8601 with an offset, since a time without one means another moment to everybody.</summary>
internal static class Instant
{
    /// <summary>What is said of a text that is none.</summary>
    public const string Form = "must be a date and time with an offset, as in 2030-05-01T08:00:00+02:00 or 2030-05-01T06:00:00Z.";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.ToUniversalTime()
            : null;

    /// <summary>The same of a query, where a plus that was not escaped has become a space.</summary>
    public static DateTimeOffset? ReadQuery(string text) => Read(text.Replace(' ', '+'));
}
