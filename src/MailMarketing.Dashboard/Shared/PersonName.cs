namespace MailMarketing.Dashboard.Shared;

/// <summary>What a contact is called.</summary>
internal static class PersonName
{
    /// <summary>The name, else first and last name; null where none is known.</summary>
    public static string? Of(Contact contact)
    {
        string?[] names = [contact.FirstName, contact.LastName];
        return contact.Name ?? (string.Join(' ', names.OfType<string>()) is { Length: > 0 } both ? both : null);
    }
}
