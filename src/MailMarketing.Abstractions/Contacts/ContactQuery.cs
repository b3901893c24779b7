namespace MailMarketing;

/// <summary>Which contacts are wanted.</summary>
public sealed record ContactQuery : PageRequest
{
    /// <summary>Only members of this segment; null for all contacts.</summary>
    public long? SegmentId { get; init; }
}
