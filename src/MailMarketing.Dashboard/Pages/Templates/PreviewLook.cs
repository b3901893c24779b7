namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>How an email is shown.</summary>
/// <param name="Part">What of it.</param>
/// <param name="IsNarrow">Whether in the width of a telephone.</param>
/// <param name="IsDark">Whether as in a mail program in dark mode.</param>
public sealed record PreviewLook(EmailPart Part = EmailPart.Html, bool IsNarrow = false, bool IsDark = false);
