namespace MailMarketing;

/// <summary>What a worker asks the queue for.</summary>
/// <param name="Lane">The gateway's name.</param>
/// <param name="Max">How many jobs at most, from 1; a rate limit is a smaller number, never a pause.</param>
/// <param name="Lease">How long the jobs are the worker's unless renewed.</param>
public sealed record ClaimRequest(string Lane, int Max, TimeSpan Lease);
