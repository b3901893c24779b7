using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A segment as the API shows it.</summary>
[JsonNumberHandling(JsonNumberHandling.Strict)]
internal sealed record SegmentView
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    [Description("How many contacts belong to it.")]
    public required long Members { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static SegmentView Of(Segment segment) =>
        new() { Id = segment.Id, Name = segment.Name, Members = segment.Members, CreatedAt = segment.CreatedAt };
}
