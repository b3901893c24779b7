namespace MailMarketing.AspNetCore.Api;

/// <summary>All saved versions of a template, the newest first.</summary>
internal sealed record TemplateVersionsView(IReadOnlyList<TemplateVersionView> Items);
