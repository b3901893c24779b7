namespace MailMarketing;

/// <summary>Someone a draft would reach if it started now.</summary>
/// <param name="Contact">The contact as the start would find it; its id is 0 for someone of a source who is no contact yet.</param>
/// <param name="Withheld">Why it would be sent nothing; null where it would be sent the campaign.</param>
public sealed record AudienceMember(Contact Contact, string? Withheld);
