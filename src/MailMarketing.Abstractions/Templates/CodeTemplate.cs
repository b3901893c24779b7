namespace MailMarketing;

/// <summary>A template that the app brings along in code.</summary>
/// <param name="Name">What others call it.</param>
/// <param name="Source">What it says.</param>
public sealed record CodeTemplate(string Name, TemplateSource Source);
