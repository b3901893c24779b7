namespace MailMarketing.Simulation;

/// <summary>The email client's door: what arrives goes into its queue.</summary>
internal sealed class Reception(ISendIntake intake, Func<JobBatch, JobBatch> rename)
{
    public Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken) => intake.AcceptAsync(rename(batch), cancellationToken);

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) => intake.ControlAsync(control, cancellationToken);
}
