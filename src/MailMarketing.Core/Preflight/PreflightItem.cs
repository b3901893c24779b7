namespace MailMarketing;

/// <summary>One thing that was looked at before a campaign starts.</summary>
/// <param name="Code">Which one, for programs, such as <c>links</c>; never changes.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Title">What it came to, in a few words.</param>
/// <param name="Detail">The numbers and places; null where there is nothing to add.</param>
/// <param name="Remedy">What to do about it; null where nothing must be done.</param>
public sealed record PreflightItem(string Code, PreflightLevel Level, string Title, string? Detail, string? Remedy)
{
    internal static PreflightItem Ok(string code, string title, string? detail = null) => new(code, PreflightLevel.Ok, title, detail, null);

    internal static PreflightItem Warning(string code, string title, string? detail, string remedy) =>
        new(code, PreflightLevel.Warning, title, detail, remedy);

    internal static PreflightItem Error(string code, string title, string? detail, string remedy) =>
        new(code, PreflightLevel.Error, title, detail, remedy);
}
