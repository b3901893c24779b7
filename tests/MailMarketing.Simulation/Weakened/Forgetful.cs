namespace MailMarketing.Simulation;

/// <summary>A hand-over to a queue without a unique key: each time a job comes it is another one.</summary>
internal static class Forgetful
{
    private const char Sign = '#';

    /// <summary>The batch under names never seen.</summary>
    public static JobBatch Rename(JobBatch batch, ref int times)
    {
        var time = ++times;
        return batch with { Jobs = [.. batch.Jobs.Select(job => job with { JobId = new JobId($"{job.JobId.Text}{Sign}{time}", IsNumber: false) })] };
    }

    /// <summary>The delivery that a name was made of.</summary>
    public static JobId NameBack(JobId id) => new(id.Text.Split(Sign)[0], IsNumber: true);
}
