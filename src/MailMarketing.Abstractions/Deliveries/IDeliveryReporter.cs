namespace MailMarketing;

/// <summary>Carries delivery events from a sending side in another process back to the marketing side.</summary>
public interface IDeliveryReporter
{
    /// <summary>Delivers events; throws where they may not have arrived, and they are then sent again.</summary>
    /// <param name="incarnation">Which life of the queue they come from.</param>
    /// <param name="events">What happened.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task ReportAsync(string incarnation, IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken);
}
