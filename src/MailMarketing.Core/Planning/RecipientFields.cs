namespace MailMarketing;

/// <summary>What a template may say of its recipient.</summary>
internal static class RecipientFields
{
    /// <summary>The fields of a contact in a preview: its own data, and links that lead nowhere.</summary>
    public static IReadOnlyDictionary<string, object?> ForPreview(Contact? contact) => contact is null
        ? TemplateFields.Sample
        : new Dictionary<string, object?>(TemplateFields.PreviewOf(DataOf(contact))) { ["user_id"] = contact.Id };

    /// <summary>The fields of a contact in a campaign, as stores freeze them; links come apart.</summary>
    public static IReadOnlyDictionary<string, object?> Of(Contact contact, long deliveryId) =>
        new Dictionary<string, object?>(TemplateFields.Of(DataOf(contact))) { ["id"] = deliveryId, ["user_id"] = contact.Id };

    private static ContactData DataOf(Contact contact) => new()
    {
        Email = contact.Email,
        Name = contact.Name,
        FirstName = contact.FirstName,
        LastName = contact.LastName,
        Attributes = contact.Attributes,
    };
}
