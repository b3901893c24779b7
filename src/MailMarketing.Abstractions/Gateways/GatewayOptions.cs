using System.ComponentModel.DataAnnotations;

namespace MailMarketing;

/// <summary>How the engine treats a lane.</summary>
public class GatewayOptions
{
    /// <summary>Attempts per round, 1 to 20; default 4 (one and three retries).</summary>
    [Range(1, 20)]
    public int Attempts { get; set; } = 4;

    /// <summary>The wait before the first retry, times five for each further one; 1 ms to 1 h, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Backoff { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages a second at most; null for no limit (the default).</summary>
    [Range(0.01, 100_000)]
    public double? PerSecond { get; set; }

    /// <summary>Whether the gateway takes a message with a known idempotency key only once; default false.</summary>
    public bool HonoursIdempotencyKeys { get; set; }

    /// <summary>
    /// Whether the gateway carries files (<see cref="EmailMessage.Attachments"/>); default false. A campaign with files does not start
    /// through one that does not.
    /// </summary>
    public bool SupportsAttachments { get; set; }
}
