using System.Globalization;

namespace MailMarketing.Dashboard.Shared;

/// <summary>Moments in words.</summary>
internal static class TimeText
{
    public static string Absolute(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    public static string Relative(DateTimeOffset at, DateTimeOffset now)
    {
        var distance = (now - at).Duration();
        var words = distance switch
        {
            { TotalSeconds: < 45 } => null,
            { TotalMinutes: < 59.5 } => Count(distance.TotalMinutes, "minute"),
            { TotalHours: < 23.5 } => Count(distance.TotalHours, "hour"),
            { TotalDays: < 29.5 } => Count(distance.TotalDays, "day"),
            { TotalDays: < 360 } => Count(distance.TotalDays / 30.4, "month"),
            _ => Count(distance.TotalDays / 365.25, "year"),
        };
        return words is null ? "just now" : at <= now ? $"{words} ago" : $"in {words}";
    }

    private static string Count(double amount, string unit)
    {
        var whole = Math.Max(1, (int)Math.Round(amount));
        return whole == 1 ? $"1 {unit}" : $"{whole} {unit}s";
    }
}
