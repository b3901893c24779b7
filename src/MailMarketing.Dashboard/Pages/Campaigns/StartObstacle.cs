namespace MailMarketing.Dashboard.Pages.Campaigns;

/// <summary>Something that keeps a campaign from starting.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Href">Where it is mended, relative to the dashboard.</param>
/// <param name="Remedy">The link's text.</param>
public sealed record StartObstacle(string Text, string Href, string Remedy);
