using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MailMarketing.AspNetCore.Api;

/// <summary>When a campaign is to start, as the API takes it.</summary>
internal sealed record ScheduleBody
{
    [Required]
    [Description("The time to start at: ISO 8601 with an offset, as in 2030-05-01T08:00:00+02:00.")]
    public string? At { get; init; }
}
