using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Where a test goes and whom it is like, as the API takes it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record TestBody
{
    [Required]
    [Description("The address that it goes to.")]
    public string? To { get; init; }

    [Description("Whose data it shows; sample data where it is not given.")]
    public long? ContactId { get; init; }
}
