namespace MailMarketing.Storage.Sqlite;

/// <summary>A delivery that is being claimed.</summary>
internal sealed class ClaimedRow
{
    public long Id { get; init; }

    public long CampaignId { get; init; }

    public long ContactId { get; init; }

    public long Round { get; init; }

    public long State { get; set; }

    public long Attempts { get; init; }

    public long Spent { get; init; }

    public long Refusals { get; init; }

    public bool Ambiguous { get; set; }

    public long Crashes { get; init; }

    public long HandedOver { get; init; }

    public long? FirstAttemptAt { get; init; }

    public long? BlockId { get; init; }

    public long? Stopped { get; init; }
}
