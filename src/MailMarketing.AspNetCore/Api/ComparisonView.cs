using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Two versions of a template side by side as the API shows them.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record ComparisonView(int From, int To, IReadOnlyList<ComparisonView.LineView> Lines)
{
    public static ComparisonView Of(TemplateComparison comparison) => new(
        comparison.From, comparison.To, [.. comparison.Lines.Select(line => new LineView(line.Part, line.Change, line.Text))]);

    /// <summary>A line of a part that changed.</summary>
    internal sealed record LineView(
        [property: Description("The part, such as html; of a translation with its language before.")] string Part,
        [property: JsonConverter(typeof(CamelCase<TemplateLineChange>))] TemplateLineChange Change,
        string Text);
}
