namespace MailMarketing;

/// <summary>What a worker asks the queue for.</summary>
/// <param name="Lane">The gateway's name.</param>
/// <param name="Max">How many jobs at most, from 1; a rate limit is a smaller number, never a pause.</param>
/// <param name="Lease">How long the jobs are the worker's unless renewed.</param>
public sealed record ClaimRequest(string Lane, int Max, TimeSpan Lease)
{
    /// <summary>
    /// Whether the claim marks its jobs as sending at once, as <see cref="ISendQueue.MarkAsync"/> does; default false. For a gateway that
    /// recognises a repeat by its key, and no more jobs than leave at once: what a crash leaves in doubt is sent again under its key.
    /// </summary>
    public bool Mark { get; init; }
}
