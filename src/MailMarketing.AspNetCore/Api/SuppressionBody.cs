using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A suppression as the API takes it.</summary>
internal sealed record SuppressionBody
{
    [Required]
    [MaxLength(254)]
    public string? Email { get; init; }

    [MaxLength(500)]
    [Description("Why, for people to read.")]
    public string? Reason { get; init; }
}
