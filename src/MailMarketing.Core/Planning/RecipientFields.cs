namespace MailMarketing;

/// <summary>A contact as templates see it: flat names, plain values.</summary>
internal static class RecipientFields
{
    /// <summary>The fields of a contact in a preview: its own data, and links that lead nowhere.</summary>
    public static IReadOnlyDictionary<string, object?> ForPreview(Contact? contact)
    {
        var fields = new Dictionary<string, object?>(TemplateFields.Sample);
        if (contact is not null)
        {
            fields["user_id"] = contact.Id;
            fields["email"] = contact.Email;
            fields["name"] = contact.Name ?? contact.Email;
            fields["first_name"] = contact.FirstName;
            fields["last_name"] = contact.LastName;
            fields["attributes"] = AttributesOf(contact);
        }

        return fields;
    }

    /// <summary>The fields of a contact in a campaign, as stores freeze them; links come apart.</summary>
    public static IReadOnlyDictionary<string, object?> Of(Contact contact, long deliveryId) => new Dictionary<string, object?>
    {
        ["id"] = deliveryId,
        ["user_id"] = contact.Id,
        ["email"] = contact.Email,
        ["name"] = contact.Name ?? contact.Email,
        ["first_name"] = contact.FirstName,
        ["last_name"] = contact.LastName,
        ["attributes"] = AttributesOf(contact),
    };

    private static Dictionary<string, object?> AttributesOf(Contact contact) =>
        contact.Attributes.ToDictionary(attribute => attribute.Key, attribute => TemplateFields.ValueFromJson(attribute.Value));
}
