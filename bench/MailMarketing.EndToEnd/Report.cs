using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace MailMarketing.EndToEnd;

/// <summary>Writes results for programs, for people and as a picture, beside each other.</summary>
internal static class Report
{
    private const string Colours =
        "text{fill:#1c2430}rect{fill:#3b6fd4}@media(prefers-color-scheme:dark){text{fill:#e6eaf0}rect{fill:#7aa2f7}}";

    public static void Write(List<Row> rows, IReadOnlyList<(string Name, double Rate)> rates, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, JsonSerializer.Serialize(rows, JsonSerializerOptions.Web));
        var table = Table(rows);
        File.WriteAllText(Path.ChangeExtension(file, ".md"), table);
        if (rates.Count > 0)
        {
            File.WriteAllText(Path.ChangeExtension(file, ".svg"), Chart(rates));
        }

        Console.WriteLine();
        Console.Write(table);
    }

    private static string Table(List<Row> rows)
    {
        var table = new StringBuilder("| name | ratio | ours | ceiling | unit | µs of CPU | ceiling's |\n| --- | ---: | ---: | ---: | --- | ---: | ---: |\n");
        foreach (var row in rows)
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{row.Name}` | {row.Ratio:0.00} | {row.Ours:0.#} | {row.Ceiling:0.#} | {row.Unit} | {row.Cpu:0.#} | {row.CeilingCpu:0.#} |\n");
        }

        return table.ToString();
    }

    private static string Chart(IReadOnlyList<(string Name, double Rate)> rates)
    {
        const int Width = 640, Left = 120, Line = 34;
        var most = rates.Max(rate => rate.Rate);
        var chart = new StringBuilder();
        chart.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {(rates.Count * Line) + 12}" font-family="sans-serif" font-size="14" role="img">
            <title>Emails a second</title>
            <style>{Colours}</style>

            """);
        for (var i = 0; i < rates.Count; i++)
        {
            var (name, rate) = rates[i];
            var (y, length) = ((i * Line) + 8, Math.Max(2, rate / most * (Width - Left - 110)));
            chart.Append(CultureInfo.InvariantCulture, $"""
                <text x="{Left - 10}" y="{y + 18}" text-anchor="end">{WebUtility.HtmlEncode(name)}</text>
                <rect x="{Left}" y="{y}" width="{length:0.#}" height="24" rx="3"/>
                <text x="{Left + length + 8:0.#}" y="{y + 18}">{rate:N0} emails/s</text>

                """);
        }

        return chart.Append("</svg>\n").ToString();
    }
}
