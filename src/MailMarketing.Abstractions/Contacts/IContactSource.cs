namespace MailMarketing;

/// <summary>Streams the app's own users as contacts, so that a campaign can be sent to them without an import.</summary>
/// <remarks>Registered as a keyed service under its name. Read once when a campaign starts; each contact is added or updated by address.</remarks>
public interface IContactSource
{
    /// <summary>The people who are the audience now; may yield any number, in any order.</summary>
    IAsyncEnumerable<ContactData> ReadAsync(CancellationToken cancellationToken);
}
