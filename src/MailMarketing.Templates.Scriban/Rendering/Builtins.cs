using System.Globalization;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;

namespace MailMarketing.Templates.Scriban;

/// <summary>The functions that templates may call: an allow-list, so that what the library adds tomorrow stays out.</summary>
internal static class Builtins
{
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["string"] = "append capitalize capitalizewords contains downcase empty ends_with equals_ignore_case handleize index_of lstrip "
            + "pad_left pad_right pluralize prepend remove remove_first remove_last replace replace_first rstrip size slice slice1 split "
            + "starts_with strip strip_newlines to_double to_int to_long truncate truncatewords upcase whitespace",
        ["array"] = "add add_range compact concat contains cycle first insert_at join last limit map offset remove_at reverse size sort uniq",
        ["math"] = "abs ceil divided_by floor is_number minus modulo plus round times",
        ["object"] = "default has_key has_value keys size typeof",
        ["date"] = "add_days add_hours add_minutes add_months add_seconds add_years to_string",
        ["html"] = "url_encode url_escape",
    };

    /// <summary>One object for all: nothing in it can be written.</summary>
    public static ScriptObject Instance { get; } = Build();

    /// <summary>What is in it, by the names that templates call it.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Instance.SelectMany(one => one.Value is ScriptObject group
        ? group.Keys.Select(member => $"{one.Key}.{member}") : [one.Key])];

    private static ScriptObject Build()
    {
        var library = new BuiltinFunctions();
        var builtins = new ScriptObject();
        foreach (var (name, members) in Allowed)
        {
            var from = (ScriptObject)library[name]!;
            var group = new ScriptObject();
            foreach (var member in members.Split(' '))
            {
                group.SetValue(member, from[member], true);
            }

            builtins.SetValue(name, group, true);
        }

        Add(builtins, "raw", (TemplateContext context, object? value) => Markup(context, value, Text(value)));
        Add(Group("html"), "escape", (TemplateContext context, object? value) => Markup(context, value, HtmlText.Escape(Text(value))));
        Add(Group("html"), "newline_to_br", (TemplateContext context, object? value) =>
            Markup(context, null, (value as SafeHtml)?.Value ?? HtmlText.Escape(Text(value))) is SafeHtml markup
                ? new SafeHtml(markup.Value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "<br />\n", StringComparison.Ordinal))
                : (object?)value);
        FormatFunctions.AddTo(builtins);
        Add(Group("math"), "format", (object? value, string format) => Format(value, format));
        Add(Group("date"), "now", (TemplateContext context) => ((RenderContext)context).Now);
        Add(Group("date"), "parse", (string text) => Parse(text));
        foreach (var name in Allowed.Keys)
        {
            Group(name).IsReadOnly = true;
        }

        builtins.IsReadOnly = true;
        return builtins;

        ScriptObject Group(string name) => (ScriptObject)builtins[name]!;
    }

    private static void Add(ScriptObject group, string name, Delegate function)
    {
        group.Import(name, function);
        group.SetReadOnly(name, true);
    }

    // In a text part there is no markup: one made from the HTML says the same words.
    private static object? Markup(TemplateContext context, object? value, string markup) =>
        ((RenderContext)context).Escapes ? value as SafeHtml ?? new SafeHtml(markup) : value;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static string Format(object? value, string? format)
    {
        // A precision such as D900000000 would fill the memory in one call.
        var digits = format?.Count(char.IsAsciiDigit) ?? 0;
        if (format is null || format.Length > 20 || (digits > 2 && char.IsAsciiLetter(format[0])))
        {
            throw new ArgumentException("A number's format is at most 20 characters, with a precision below 100.", nameof(format));
        }

        return value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : Text(value);
    }

    private static DateTime Parse(string? text) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var date)
            ? DateTime.SpecifyKind(date, DateTimeKind.Unspecified)
            : throw new ArgumentException("This is not a date; write it as 2026-12-31.", nameof(text));
}
