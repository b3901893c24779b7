using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace MailMarketing.Templates.Scriban;

/// <summary>The members of a date that a template may read; the library would find them by reflection.</summary>
internal sealed class DateAccessor : IObjectAccessor
{
    private static readonly string[] Members = ["year", "month", "day", "day_of_year", "day_of_week", "hour", "minute", "second"];

    public static DateAccessor Instance { get; } = new();

    public bool HasIndexer => false;

    public Type IndexType => typeof(string);

    public int GetMemberCount(TemplateContext context, SourceSpan span, object target) => Members.Length;

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => Members;

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => Members.Contains(member);

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        var date = (DateTime)target;
        value = member switch
        {
            "year" => date.Year,
            "month" => date.Month,
            "day" => date.Day,
            "day_of_year" => date.DayOfYear,
            "day_of_week" => (int)date.DayOfWeek,
            "hour" => date.Hour,
            "minute" => date.Minute,
            "second" => date.Second,
            _ => null,
        };
        return value is not null;
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => false;

    public bool TryGetItem(TemplateContext context, SourceSpan span, object target, object index, out object? value)
    {
        value = null;
        return false;
    }

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) => false;
}
