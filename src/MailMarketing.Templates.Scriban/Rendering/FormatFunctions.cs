using System.Globalization;
using Scriban;
using Scriban.Runtime;

namespace MailMarketing.Templates.Scriban;

/// <summary>The functions that write dates, numbers and money as a recipient reads them, and what a built part says to its render.</summary>
internal static class FormatFunctions
{
    private static readonly string[] Names = ["format_date", "format_number", "format_money", "speaks"];

    /// <summary>Whether a part uses one of those that ask how a recipient reads.</summary>
    public static bool AreIn(string part) => Names.Any(name => part.Contains(name, StringComparison.Ordinal));

    public static void AddTo(ScriptObject builtins)
    {
        Add("format_date", Date);
        Add("format_number", Number);
        Add("format_money", Money);
        Add("speaks", (TemplateContext context, string language) => ((RenderContext)context).Locale.Speaks(language));
        Add("defaults", (TemplateContext context, string language, string zone) =>
        {
            ((RenderContext)context).UseDefaults(language, zone);
            return (object?)null;
        });
        Add("trim_lines", (TemplateContext context) =>
        {
            ((RenderContext)context).TrimsLines = true;
            return (object?)null;
        });

        void Add(string name, Delegate function)
        {
            builtins.Import(name, function);
            builtins.SetReadOnly(name, true);
        }
    }

    private static string Date(TemplateContext context, object? value, string format = "d")
    {
        var locale = ((RenderContext)context).Locale;
        var date = value switch
        {
            null => (DateTime?)null,

            // The template's clock and the dates made of it stand in UTC.
            DateTime moment => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc), locale.Zone),
            string text => Read(text, locale.Zone),
            _ => throw new ArgumentException("This is not a date; write it as 2026-12-31.", nameof(value)),
        };
        return format is { Length: > 0 and <= 40 }
            ? date?.ToString(format, locale.Culture) ?? ""
            : throw new ArgumentException("A date's format has 1 to 40 characters, as in 'd' or 'dd MMMM yyyy'.", nameof(format));
    }

    // A day is a day everywhere; a moment with an offset is told by the recipient's clock.
    private static DateTime Read(string text, TimeZoneInfo zone)
    {
        const DateTimeStyles Styles = DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault;
        return !DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out var date)
            ? throw new ArgumentException("This is not a date; write it as 2026-12-31.", nameof(text))
            : date.Kind == DateTimeKind.Unspecified ? date : TimeZoneInfo.ConvertTime(date.ToUniversalTime(), zone);
    }

    private static string Number(TemplateContext context, object? value, int? digits = null) =>
        Written(context, value, digits is { } places ? "N" + Places(places) : null);

    private static string Money(TemplateContext context, object? value, string currency)
    {
        if (currency is not { Length: 3 } || !currency.All(char.IsAsciiLetter))
        {
            throw new ArgumentException("A currency has three letters, as in 'EUR'.", nameof(currency));
        }

        var culture = ((RenderContext)context).Locale.Culture;
        var code = currency.ToUpperInvariant();
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.CurrencySymbol = Symbols.GetValueOrDefault(code, code);
        format.CurrencyDecimalDigits = code is "JPY" or "KRW" or "ISK" or "CLP" or "VND" or "HUF" ? 0 : 2;
        return value is null ? "" : Decimal(value).ToString("C", format);
    }

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩", ["PLN"] = "zł", ["CZK"] = "Kč",
    };

    private static string Written(TemplateContext context, object? value, string? format)
    {
        var culture = ((RenderContext)context).Locale.Culture;
        return value is null ? "" : Decimal(value) is var number && format is not null
            ? number.ToString(format, culture)
            : number.ToString("#,##0.############", culture);
    }

    private static int Places(int digits) =>
        digits is >= 0 and <= 12 ? digits : throw new ArgumentException("A number has 0 to 12 digits behind the point.", nameof(digits));

    private static decimal Decimal(object value) => value switch
    {
        decimal or int or long or byte or short => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        double number and > -1e27 and < 1e27 => (decimal)number,
        float number and > -1e27f and < 1e27f => (decimal)number,
        string text when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new ArgumentException("This is not a number; write it as 1234.5.", nameof(value)),
    };
}
