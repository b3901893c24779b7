namespace MailMarketing;

/// <summary>
/// Which contacts are wanted. A whole address as <see cref="PageRequest.Search"/> finds the one contact with it, at once however many
/// there are; where nobody has it, and for anything else, every address and name is looked into.
/// </summary>
public sealed record ContactQuery : PageRequest
{
    /// <summary>Only members of this segment; null for all contacts.</summary>
    public long? SegmentId { get; init; }
}
