namespace MailMarketing;

/// <summary>A contact source that campaigns can name. The source itself is the keyed <see cref="IContactSource"/> of that name.</summary>
/// <param name="Name">What campaigns call it.</param>
public sealed record ContactSource(string Name);
