namespace MailMarketing;

/// <summary>A template as it was saved once.</summary>
/// <param name="Version">1, and one more with each change.</param>
/// <param name="Name">Its name then.</param>
/// <param name="Source">What it said then.</param>
/// <param name="SavedAt">When it was saved.</param>
public sealed record TemplateVersion(int Version, string Name, TemplateSource Source, DateTimeOffset SavedAt);
