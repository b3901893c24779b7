using System.Globalization;

namespace MailMarketing.Dashboard.Shared;

/// <summary>A date and a time as a visitor enters them, in the visitor's zone.</summary>
internal static class ZonedTime
{
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>The moment, or what is wrong with it. Of a time that comes twice, when clocks are set back, it is the second.</summary>
    public static (DateTimeOffset? At, string? Mistake) Read(string? date, string? time, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact($"{date} {time}", Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return (null, "Enter a date and a time.");
        }

        return zone.IsInvalidTime(local)
            ? (null, $"There is no such time on that day in {zone.Id}, since clocks are set forward: choose another one.")
            : (new DateTimeOffset(local, zone.GetUtcOffset(local)), null);
    }

    /// <summary>The zone with its distance from UTC at a moment.</summary>
    public static string NameOf(TimeZoneInfo zone, DateTimeOffset at)
    {
        var offset = zone.GetUtcOffset(at);
        return string.Create(
            CultureInfo.InvariantCulture, $"{zone.Id} (UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.Duration():hh\\:mm})");
    }
}
