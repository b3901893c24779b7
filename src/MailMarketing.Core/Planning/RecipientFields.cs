namespace MailMarketing;

/// <summary>What a template may say of its recipient.</summary>
internal static class RecipientFields
{
    /// <summary>The fields of a contact in a preview: its own data and segments, and links that lead nowhere.</summary>
    public static IReadOnlyDictionary<string, object?> ForPreview(Contact? contact, IReadOnlyList<string> segments) => contact is null
        ? TemplateFields.Sample
        : new Dictionary<string, object?>(TemplateFields.PreviewOf(new(contact.Email, DataOf(contact)) { Segments = segments }))
        {
            ["user_id"] = contact.Id,
        };

    /// <summary>The fields of a contact in a campaign, as stores freeze them; links come apart.</summary>
    /// <param name="contact">Whose they are.</param>
    /// <param name="segments">The names of its segments; null where the template does not read them.</param>
    /// <param name="deliveryId">What stands for the delivery.</param>
    public static IReadOnlyDictionary<string, object?> Of(Contact contact, IReadOnlyList<string>? segments, long deliveryId)
    {
        var fields = TemplateFields.Of(DataOf(contact));
        (fields["id"], fields["user_id"]) = (deliveryId, contact.Id);
        if (segments is not null)
        {
            fields[TemplateFields.Segments] = segments;
        }

        return fields;
    }

    private static ContactData DataOf(Contact contact) => new()
    {
        Email = contact.Email,
        Name = contact.Name,
        FirstName = contact.FirstName,
        LastName = contact.LastName,
        Attributes = contact.Attributes,
    };
}
