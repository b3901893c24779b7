namespace MailMarketing;

/// <summary>
/// An email to begin a template with. Those that are registered as services are offered where templates are written: the language packages
/// register theirs, and an app may add its own.
/// </summary>
/// <param name="Name">A word for addresses: lower-case letters, digits and hyphens.</param>
/// <param name="Title">For people.</param>
/// <param name="Purpose">What it is for, in a sentence.</param>
/// <param name="Source">The email.</param>
public sealed record StarterTemplate(string Name, string Title, string Purpose, TemplateSource Source);
