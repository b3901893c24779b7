namespace MailMarketing.Storage.Sqlite.Victim;

/// <summary>Sends block by block, to nowhere, and accepts a job from elsewhere after each.</summary>
internal sealed class Sender(ISendQueue queue, ISendIntake intake, string run)
{
    // Long enough to mark and complete a block on a busy machine; the next process waits no longer for what a killed one had claimed
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    private static readonly FrozenContent Content = new()
    {
        Source = new TemplateSource { Subject = "Hello", Text = "Good day" },
        FrozenAt = DateTimeOffset.UnixEpoch,
    };

    private int _accepted;

    /// <summary>False where nothing was due.</summary>
    public async Task<bool> StepAsync()
    {
        if (await queue.ClaimAsync(new ClaimRequest("here", 20, Lease), CancellationToken.None) is not { } block)
        {
            return false;
        }

        var marked = await queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], CancellationToken.None);
        var jobs = block.Jobs.Where(job => marked.Contains(job.QueueId)).ToList();
        var given = jobs.Where(IsGivenBack).Select(job => job.QueueId).ToList();
        await queue.ReleaseAsync(block.Fence, given, CancellationToken.None);
        jobs.RemoveAll(job => given.Contains(job.QueueId));
        jobs.ForEach(job => Console.WriteLine($"sent {job.QueueId} {job.IdempotencyKey}"));

        var results = jobs.Select(Answer).ToList();
        if (await queue.CompleteAsync(block.Fence, results, CancellationToken.None) == 0)
        {
            results.Where(result => !result.Status.IsWaiting).ToList()
                .ForEach(result => Console.WriteLine($"done {result.QueueId} {result.Status.State}"));
        }

        await AcceptAsync();
        return true;
    }

    private static bool IsGivenBack(SendJob job) => job.QueueId % 10 == 9 && Random.Shared.Next(2) == 0;

    private static SendResult Answer(SendJob job)
    {
        var attempts = job.Status.Attempts + 1;
        var state = (job.QueueId % 10) switch
        {
            7 => DeliveryState.Failure,
            8 when attempts < 3 => DeliveryState.Retry,
            _ => DeliveryState.Success,
        };
        return new SendResult
        {
            QueueId = job.QueueId,
            Status = new DeliveryStatus(job.Status.Round, state, attempts),
            Spent = attempts,
            MessageId = state == DeliveryState.Success ? $"m{job.QueueId}" : null,
        };
    }

    private async Task AcceptAsync()
    {
        var job = new HandedJob
        {
            JobId = new JobId($"{run}-{++_accepted}", IsNumber: false),
            Round = 1,
            Fields = new Dictionary<string, object?> { ["email"] = "a@example.org" },
        };
        var incarnation = await intake.AcceptAsync(
            new JobBatch { CampaignId = "c", Revision = 1, Content = Content, Jobs = [job] }, CancellationToken.None);
        Console.WriteLine($"accepted {job.JobId} {incarnation}");
    }
}
