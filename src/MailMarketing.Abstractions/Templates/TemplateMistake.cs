namespace MailMarketing;

/// <summary>A mistake in a template, with its place.</summary>
/// <param name="Part"><c>subject</c>, <c>html</c> or <c>text</c>.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record TemplateMistake(string Part, int Line, int Column, string Message);
