namespace MailMarketing.AspNetCore.Api;

/// <summary>What the API says of a template that is not stored.</summary>
/// <param name="Mistakes">What keeps it from being sent.</param>
/// <param name="Warnings">What may not come out as its author means.</param>
/// <param name="Errors">What is wrong beside its text, by field.</param>
internal sealed record TemplateReviewView(
    IReadOnlyList<MistakeView> Mistakes, IReadOnlyList<MistakeView> Warnings, IReadOnlyDictionary<string, string[]> Errors);
