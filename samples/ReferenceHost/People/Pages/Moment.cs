using System.Globalization;

namespace ReferenceHost.People.Pages;

/// <summary>Moments in words; these pages do not know the visitor's time zone.</summary>
internal static class Moment
{
    public static string Of(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
