namespace MailMarketing.Engine;

/// <summary>How the engine works its queue.</summary>
internal sealed record EngineOptions
{
    /// <summary>Jobs per claim at most; default 500.</summary>
    public int ClaimSize { get; init; } = 500;

    /// <summary>How long claimed jobs stay the worker's; renewed at a third; default 30 s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the engine waits where nothing is due; default 250 ms.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Where waits get their chance from: uniform samples of [0, 1). A simulation gives its own.</summary>
    public Func<double> Chance { get; init; } = Jitter.Sample;
}
