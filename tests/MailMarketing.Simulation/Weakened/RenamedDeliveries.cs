namespace MailMarketing.Simulation;

/// <summary>Web's deliveries, for reports of jobs that <see cref="Forgetful"/> renamed.</summary>
internal sealed class RenamedDeliveries(IDeliveryStore deliveries) : IDeliveryStore
{
    public Task<IReadOnlyList<JobId>> AppendAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken) =>
        deliveries.AppendAsync([.. events.Select(report => report with { JobId = Forgetful.NameBack(report.JobId) })], cancellationToken);

    public Task<Delivery?> GetAsync(long id, CancellationToken cancellationToken) => deliveries.GetAsync(id, cancellationToken);

    public Task<Page<Delivery>> ListAsync(long campaignId, DeliveryQuery query, CancellationToken cancellationToken) =>
        deliveries.ListAsync(campaignId, query, cancellationToken);

    public Task<Page<ContactDelivery>> ListOfContactAsync(long contactId, PageRequest page, CancellationToken cancellationToken) =>
        deliveries.ListOfContactAsync(contactId, page, cancellationToken);

    public Task<int> ConfirmSentAsync(long campaignId, IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken) =>
        deliveries.ConfirmSentAsync(campaignId, deliveryIds, cancellationToken);

    public Task<Result<Reconciliation>> ReconcileAsync(long campaignId, CancellationToken cancellationToken) =>
        deliveries.ReconcileAsync(campaignId, cancellationToken);

    public Task<IReadOnlyList<long>> ListUnreconciledAsync(CancellationToken cancellationToken) =>
        deliveries.ListUnreconciledAsync(cancellationToken);
}
