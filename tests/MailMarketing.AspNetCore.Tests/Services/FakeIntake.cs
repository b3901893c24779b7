namespace MailMarketing.AspNetCore.Tests.Services;

/// <summary>Writes down what arrives; does nothing else.</summary>
internal sealed class FakeIntake : ISendIntake
{
    public List<JobBatch> Batches { get; } = [];

    public List<SendControl> Controls { get; } = [];

    public bool Unreachable { get; set; }

    public Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        if (Unreachable)
        {
            throw new MailMarketingException("The database does not answer.");
        }

        Batches.Add(batch);
        return Task.FromResult("life-1");
    }

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken)
    {
        Controls.Add(control);
        return Task.CompletedTask;
    }

    public Task<ReportBatch> ReadReportsAsync(int max, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task AcknowledgeReportsAsync(long upTo, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();
}
