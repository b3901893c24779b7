namespace MailMarketing;

/// <summary>A name and an address, as on a From or To line.</summary>
/// <param name="Name">The display name; null or empty for none. No control characters.</param>
/// <param name="Email">The address.</param>
public sealed record Mailbox(string? Name, string Email);
