using System.Diagnostics;

namespace MailMarketing.EndToEnd;

/// <summary>Counts what is asked of PostgreSQL; where a transaction begins and ends is part of its statements.</summary>
internal sealed class Statements : IDisposable
{
    private readonly ActivityListener _listener;
    private long _count;

    public Statements()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Whether the campaign is done is asked by the measurement, not by what is measured
                if (activity.Tags.FirstOrDefault(tag => tag.Key is "db.statement" or "db.query.text").Value?.Contains("c.draft", StringComparison.Ordinal) != true)
                {
                    Interlocked.Increment(ref _count);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
