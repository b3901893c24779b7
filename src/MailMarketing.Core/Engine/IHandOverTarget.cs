namespace MailMarketing.Engine;

/// <summary>The sending side in another process, as the marketing side calls it. Throws where a call may not have arrived.</summary>
internal interface IHandOverTarget
{
    /// <summary>Submits jobs; once it answers they are stored durably there. Gives the incarnation of the queue that took them.</summary>
    Task<string> SubmitAsync(JobBatch batch, CancellationToken cancellationToken);

    /// <summary>Tells what changed of a campaign or of jobs. Idempotent.</summary>
    Task ControlAsync(SendControl control, CancellationToken cancellationToken);
}
