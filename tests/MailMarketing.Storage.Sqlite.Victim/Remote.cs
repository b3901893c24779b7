namespace MailMarketing.Storage.Sqlite.Victim;

/// <summary>Hands jobs over to nobody and reports what became of them at once.</summary>
internal sealed class Remote(IHandOverQueue queue, IDeliveryStore deliveries)
{
    /// <summary>False where nothing was due.</summary>
    public async Task<bool> StepAsync()
    {
        var request = new ClaimRequest("elsewhere", 20, TimeSpan.FromSeconds(2));
        if (await queue.OfferAsync(request, window: 1000, CancellationToken.None) is not { } block)
        {
            return false;
        }

        var ends = block.Jobs.Select(job => Report(job, job.QueueId % 10 == 7 ? DeliveryState.Failure : DeliveryState.Success)).ToList();
        await deliveries.AppendAsync([.. block.Jobs.Select(job => Report(job, DeliveryState.Retry)), .. ends], CancellationToken.None);
        ends.ForEach(end => Console.WriteLine($"done {end.JobId} {end.Status.State}"));
        return true;
    }

    private static DeliveryEvent Report(SendJob job, DeliveryState state) => new()
    {
        JobId = job.JobId,
        Status = new DeliveryStatus(job.Status.Round, state, job.Status.Attempts + 1),
        MessageId = state == DeliveryState.Success ? $"m{job.JobId}" : null,
    };
}
