namespace MailMarketing.Storage.Sqlite;

/// <summary>A person as the table contact takes one: what can be worked out before anything is locked.</summary>
internal sealed record ContactRecord(ContactData Data, EmailAddress Address, string Attributes, string Search)
{
    /// <summary>Of equal addresses the last stays.</summary>
    public static IReadOnlyCollection<ContactRecord> Of(IReadOnlyList<ContactData> contacts)
    {
        var people = new Dictionary<string, ContactRecord>(contacts.Count, StringComparer.Ordinal);
        foreach (var contact in contacts)
        {
            var address = EmailAddress.Parse(contact.Email);
            people[address.Key] = new ContactRecord(
                contact, address, JsonAttributes.TextOf(contact.Attributes),
                ContactRow.SearchText(address.Key, contact.Name, contact.FirstName, contact.LastName));
        }

        return people.Values;
    }
}
