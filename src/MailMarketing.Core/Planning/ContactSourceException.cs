namespace MailMarketing;

/// <summary>An app's own source of contacts failed; what it was read for was undone.</summary>
internal sealed class ContactSourceException(string message, Exception cause) : MailMarketingException(message, cause);
