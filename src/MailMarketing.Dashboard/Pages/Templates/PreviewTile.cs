namespace MailMarketing.Dashboard.Pages.Templates;

/// <summary>A template for one of several people.</summary>
/// <param name="Label">What stands above it.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Email">What it gives, or why it gives nothing.</param>
internal sealed record PreviewTile(string Label, Mailbox To, Result<RenderedEmail> Email);
