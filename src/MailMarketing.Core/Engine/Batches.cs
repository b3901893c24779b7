namespace MailMarketing.Engine;

/// <summary>Makes batches of claimed jobs, and results of jobs that were not handed over.</summary>
internal static class Batches
{
    public static IEnumerable<IReadOnlyList<SendJob>> OfOneContent(SendBlock block) =>
        block.Jobs.GroupBy(job => (job.CampaignId, job.Policy, Content: new ByReference(job.Content))).Select(group => group.ToList());

    public static JobBatch Of(string lane, string? queue, IReadOnlyList<SendJob> jobs) => new()
    {
        CampaignId = jobs[0].CampaignId,
        Revision = jobs[0].Revision,
        Lane = lane.Length == 0 ? null : lane,
        Queue = queue,
        Policy = jobs[0].Policy,
        Content = jobs[0].Content,
        Jobs = [.. jobs.Select(job => new HandedJob
        {
            JobId = job.JobId,
            Round = job.Status.Round,
            Attempts = job.Status.Attempts,
            Repeated = job.HandedOver > 0,
            MaybeSent = job.Ambiguous,
            IdempotencyKey = job.IdempotencyKey,
            NotAfter = job.NotAfter,
            Fields = job.Fields,
        })],
    };

    /// <summary>The same batch, once nobody knows whether it arrived.</summary>
    public static JobBatch Again(JobBatch batch) => batch with { Jobs = [.. batch.Jobs.Select(job => job with { Repeated = true })] };

    public static SendResult Unanswered(SendJob job) => new()
    {
        QueueId = job.QueueId,
        Status = job.Status with { State = DeliveryState.Unknown },
        Ambiguous = true,
        Error = "The sending side did not answer; it may have sent it.",
    };

    public static SendResult Refused(SendJob job, Problem problem) => new()
    {
        QueueId = job.QueueId,
        Status = job.Status with { State = DeliveryState.Failure },
        Error = $"The sending side refused it: {problem.Detail}",
    };

    /// <summary>Jobs of a block share their content's instance; comparing whole templates for each job would cost more.</summary>
    private readonly struct ByReference(FrozenContent value) : IEquatable<ByReference>
    {
        public FrozenContent Value { get; } = value;

        public bool Equals(ByReference other) => ReferenceEquals(Value, other.Value);

        public override bool Equals(object? obj) => obj is ByReference other && Equals(other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Value);
    }
}
