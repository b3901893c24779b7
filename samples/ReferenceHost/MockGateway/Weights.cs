using System.Globalization;

namespace ReferenceHost.MockGateway;

/// <summary>How often each status is answered, in proportion to the others.</summary>
internal sealed class Weights
{
    private readonly List<(int Status, double Weight)> _entries;
    private readonly double _total;

    private Weights(List<(int Status, double Weight)> entries) => (_entries, _total) = (entries, entries.Sum(entry => entry.Weight));

    public static Weights Default { get; } = Parse("202=70,500=20,502=3,400=3,401=2,403=2", "default");

    /// <param name="text">Such as <c>202=95,500=5</c>; the weights need not add up to 100.</param>
    /// <param name="key">What to call the setting where it is wrong.</param>
    public static Weights Parse(string text, string key)
    {
        List<(int Status, double Weight)> entries = [];
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', StringSplitOptions.TrimEntries);
            if (pair.Length != 2
                || !int.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
                || !double.TryParse(pair[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                || !double.IsFinite(weight))
            {
                throw new BadSettingException(key, $"'{part}' is not status=weight, such as 202=70.");
            }

            // 204, 205 and 304 have no body to answer with.
            if (status is < 200 or > 599 or 204 or 205 or 304)
            {
                throw new BadSettingException(key, $"{status} is no status that can be answered here; use 200 to 599 without 204, 205 and 304.");
            }

            if (entries.Any(entry => entry.Status == status))
            {
                throw new BadSettingException(key, $"{status} is there twice.");
            }

            entries.Add((status, weight));
        }

        var weights = new Weights(entries);
        return weights._total > 0 && double.IsFinite(weights._total)
            ? weights
            : throw new BadSettingException(key, "at least one status needs a weight above 0.");
    }

    /// <param name="chance">From 0 up to, not including, 1.</param>
    public int Pick(double chance)
    {
        var rest = chance * _total;
        foreach (var (status, weight) in _entries)
        {
            if (rest < weight)
            {
                return status;
            }

            rest -= weight;
        }

        // Only rounding leads here.
        return _entries.Last(entry => entry.Weight > 0).Status;
    }
}
