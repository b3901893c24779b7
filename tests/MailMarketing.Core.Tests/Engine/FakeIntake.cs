namespace MailMarketing.Core.Tests.Engine;

/// <summary>A sending side's queue, of which only the reports matter.</summary>
internal sealed class FakeIntake(TimeProvider time) : FakeQueue(time), ISendIntake
{
    private readonly List<long> _reports = [];

    public int Left => _reports.Count;

    public void Report(int count) => _reports.AddRange(Enumerable.Range(1, count).Select(id => (long)id));

    public Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken) => Task.FromResult("a");

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ReportBatch> ReadReportsAsync(int max, CancellationToken cancellationToken) => Do(nameof(ReadReportsAsync), () =>
    {
        var read = _reports.Take(max).ToList();
        return new ReportBatch("a", read.LastOrDefault(), [.. read.Select(id => new DeliveryEvent
        {
            JobId = JobId.Of(id), Status = new(1, DeliveryState.Success, 1),
        })]);
    });

    public Task AcknowledgeReportsAsync(long upTo, CancellationToken cancellationToken) =>
        Do(nameof(AcknowledgeReportsAsync), () => _reports.RemoveAll(id => id <= upTo));
}
