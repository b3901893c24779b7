namespace MailMarketing.Simulation;

/// <summary>An email client's own queue, behind a wire.</summary>
internal sealed class WireIntake(Wire wire, ISendIntake intake, Machine machine, Ledger ledger)
    : WireQueue(wire, intake, machine, ledger), ISendIntake
{
    public Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken) =>
        Wire.CallAsync("accept", () => intake.AcceptAsync(batch, cancellationToken));

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) =>
        Wire.CallAsync("control", () => intake.ControlAsync(control, cancellationToken));

    public Task<ReportBatch> ReadReportsAsync(int max, CancellationToken cancellationToken) =>
        Wire.CallAsync("read reports", () => intake.ReadReportsAsync(max, cancellationToken));

    public Task AcknowledgeReportsAsync(long upTo, CancellationToken cancellationToken) =>
        Wire.CallAsync("acknowledge", () => intake.AcknowledgeReportsAsync(upTo, cancellationToken));
}
