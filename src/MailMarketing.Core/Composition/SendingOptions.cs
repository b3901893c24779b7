namespace MailMarketing;

/// <summary>How the engine takes its work.</summary>
public class SendingOptions
{
    /// <summary>Deliveries claimed at once at most, 1 to 10,000; default 500.</summary>
    public int ClaimSize { get; set; } = 500;

    /// <summary>How long a claim is a worker's unless renewed, 2 s to 10 min; default 30 s. After a crash its work waits this long.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);
}
