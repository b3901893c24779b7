namespace MailMarketing.Engine;

/// <summary>A job with its message, or with why it has none.</summary>
internal readonly record struct PreparedMessage(SendJob Job, EmailMessage? Message, string? Error);
