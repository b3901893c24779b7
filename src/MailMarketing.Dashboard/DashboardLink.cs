namespace MailMarketing;

/// <summary>A page of the app's own that the dashboard links to.</summary>
/// <param name="Text">What the link says.</param>
/// <param name="Href">Where it leads: an address on this host, as in <c>/account</c>.</param>
/// <param name="Policy">The app's authorization policy of those who see it; null (the default) for everybody.</param>
public sealed record DashboardLink(string Text, string Href, string? Policy = null);
