namespace MailMarketing;

/// <summary>A queue that takes jobs from a marketing side in another process and keeps what is to be reported to it.</summary>
public interface ISendIntake : ISendQueue
{
    /// <summary>
    /// Stores every job durably, or none. A job known by (id, round) is not sent twice: it goes on from the higher number of attempts,
    /// and where it has ended its outcome is reported again. Gives the queue's incarnation: a new one each time the queue began empty.
    /// </summary>
    Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken);

    /// <summary>Applies what the marketing side says of a campaign or of jobs; an older revision is ignored. Idempotent.</summary>
    Task ControlAsync(SendControl control, CancellationToken cancellationToken);

    /// <summary>The oldest reports not acknowledged yet, with the queue's incarnation; empty where there are none.</summary>
    Task<ReportBatch> ReadReportsAsync(int max, CancellationToken cancellationToken);

    /// <summary>Forgets reports up to and including a sequence number, once they have arrived.</summary>
    Task AcknowledgeReportsAsync(long upTo, CancellationToken cancellationToken);
}
