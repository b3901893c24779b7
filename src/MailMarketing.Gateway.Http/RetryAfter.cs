using System.Globalization;
using System.Net.Http.Headers;

namespace MailMarketing.Gateway.Http;

/// <summary>Reads Retry-After in both its forms.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);

    /// <summary>The wait asked for, 1 s to 1 h; null where there is none or it makes no sense.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var value = values.First().Trim();
        if (value.Length > 0 && value.All(char.IsAsciiDigit))
        {
            // A number too long for an int is no garbage, only a very long wait.
            return int.TryParse(value, CultureInfo.InvariantCulture, out var seconds) ? Clamp(TimeSpan.FromSeconds(seconds)) : _longest;
        }

        return RetryConditionHeaderValue.TryParse(value, out var condition) && condition.Date is { } date ? Clamp(date - now) : null;
    }

    private static TimeSpan Clamp(TimeSpan wait) => wait < _shortest ? _shortest : wait > _longest ? _longest : wait;
}
