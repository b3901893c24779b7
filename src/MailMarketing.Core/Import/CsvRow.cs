namespace MailMarketing;

/// <summary>A row of an import: a contact, or what is wrong with the row.</summary>
/// <param name="Line">The line it begins on, the header being line 1.</param>
/// <param name="Contact">The contact; null where the row is refused.</param>
/// <param name="Mistake">What is wrong; null where nothing is.</param>
internal sealed record CsvRow(long Line, ContactData? Contact, string? Mistake);
