namespace MailMarketing;

/// <summary>Reports read from a queue's outbox.</summary>
/// <param name="Incarnation">Which life of the queue they come from.</param>
/// <param name="UpTo">The sequence number of the last; acknowledged once all have arrived.</param>
/// <param name="Events">In the order in which they happened.</param>
public sealed record ReportBatch(string Incarnation, long UpTo, IReadOnlyList<DeliveryEvent> Events);
