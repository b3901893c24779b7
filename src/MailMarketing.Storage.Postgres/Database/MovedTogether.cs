namespace MailMarketing.Storage.Postgres;

/// <summary>Rows of one campaign or stream that moved to one state.</summary>
internal sealed class MovedTogether
{
    /// <summary>The campaign of deliveries, the stream of jobs.</summary>
    public long GroupId { get; init; }

    public DeliveryState State { get; init; }

    public required long[] Ids { get; init; }
}
