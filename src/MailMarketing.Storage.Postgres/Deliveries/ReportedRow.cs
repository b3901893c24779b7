namespace MailMarketing.Storage.Postgres;

/// <summary>A delivery that reports are joined into, one after the other.</summary>
internal sealed class ReportedRow
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public int Round { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public string? MessageId { get; set; }

    public string? Error { get; set; }

    /// <summary>Whether a report said more than was known.</summary>
    public bool Changed { get; private set; }

    /// <summary>Whether the sending side said that the job still waits.</summary>
    public bool Renewed { get; private set; }

    public bool IsWaiting => new DeliveryStatus(Round, State, Attempts).IsWaiting;

    public void Join(DeliveryEvent report)
    {
        var known = new DeliveryStatus(Round, State, Attempts);
        var status = report.Status.Round == 0 ? report.Status with { Round = Round } : report.Status;
        Renewed |= status.IsWaiting && status.Round == Round && known.IsWaiting;
        if (known.YieldsTo(status))
        {
            Changed = true;
            (State, Attempts) = (status.State, Math.Max(Attempts, status.Attempts));
            (MessageId, Error) = (Stored.Text(report.MessageId) ?? MessageId, Stored.Text(report.Error));
        }
        else if (status.Round == Round && status.Attempts > Attempts)
        {
            // It says nothing new of how it ended, but the gateway was asked more often
            (Changed, Attempts) = (true, status.Attempts);
        }
    }
}
