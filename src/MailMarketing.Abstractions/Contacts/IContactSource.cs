namespace MailMarketing;

/// <summary>Streams the app's own users as contacts, so that a campaign can be sent to them without an import.</summary>
/// <remarks>
/// Added by <see cref="MailMarketingBuilder.AddContactSource{TSource}"/>. Read once when a campaign starts, and once each time its audience
/// is counted. An exception ends the start, and then nothing was changed.
/// </remarks>
public interface IContactSource
{
    /// <summary>
    /// The people who are the audience now; may yield any number, in any order. Each is added or updated by address as
    /// <see cref="IContactStore.UpsertAsync"/> does; one that is not a valid contact is left out and counted.
    /// </summary>
    IAsyncEnumerable<ContactData> ReadAsync(CancellationToken cancellationToken);
}
