using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A contact as the API takes it.</summary>
internal sealed record ContactBody
{
    [Required]
    [MaxLength(254)]
    [Description("The address; no other contact has it, whatever its case.")]
    public string? Email { get; init; }

    [MaxLength(Limits.Name)]
    [Description("How the contact is called, on the To line too.")]
    public string? Name { get; init; }

    [MaxLength(Limits.Name)]
    public string? FirstName { get; init; }

    [MaxLength(Limits.Name)]
    public string? LastName { get; init; }

    [Description("Everything else that is known, by name; at most 64 KiB. A template reads city as {{ attributes.city }}.")]
    public Dictionary<string, JsonElement>? Attributes { get; init; }

    public ContactData ToData() => new()
    {
        Email = Email ?? "",
        Name = Name,
        FirstName = FirstName,
        LastName = LastName,
        Attributes = Attributes ?? [],
    };
}
