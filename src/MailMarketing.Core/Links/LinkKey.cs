namespace MailMarketing;

/// <summary>A key that links are signed with.</summary>
/// <param name="Id">Which one, told in every link.</param>
/// <param name="ActiveFrom">Since when links are made with it.</param>
/// <param name="Secret">32 bytes.</param>
internal sealed record LinkKey(Guid Id, DateTimeOffset ActiveFrom, byte[] Secret);
