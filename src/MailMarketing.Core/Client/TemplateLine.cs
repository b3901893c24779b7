namespace MailMarketing;

/// <summary>A line of a comparison.</summary>
/// <param name="Part">The part that it stands in, such as <c>html</c>.</param>
/// <param name="Change">Whether it stayed, went or came.</param>
/// <param name="Text">What it says.</param>
public sealed record TemplateLine(string Part, TemplateLineChange Change, string Text);
