namespace MailMarketing.Storage.Postgres;

/// <summary>A row that moved between states.</summary>
internal sealed class Moved
{
    public long Id { get; init; }

    /// <summary>The campaign of a delivery, the stream of a job.</summary>
    public long GroupId { get; init; }

    public DeliveryState Was { get; init; }

    public DeliveryState State { get; init; }

    /// <summary>How many rows this stands for, where they are not given one by one.</summary>
    public long N { get; init; } = 1;
}
