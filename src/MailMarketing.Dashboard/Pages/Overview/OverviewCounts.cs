namespace MailMarketing.Dashboard.Pages.Overview;

/// <summary>How much of everything there is.</summary>
/// <param name="Contacts">Contacts.</param>
/// <param name="Segments">Segments.</param>
/// <param name="Templates">Templates.</param>
/// <param name="Campaigns">Campaigns.</param>
/// <param name="HasStarted">Whether one of the latest campaigns was started.</param>
public sealed record OverviewCounts(long Contacts, long Segments, long Templates, long Campaigns, bool HasStarted)
{
    internal IReadOnlyList<(string Label, string Href, long Count)> Cards =>
    [
        ("Contacts", "contacts", Contacts), ("Segments", "segments", Segments),
        ("Templates", "templates", Templates), ("Campaigns", "campaigns", Campaigns),
    ];
}
