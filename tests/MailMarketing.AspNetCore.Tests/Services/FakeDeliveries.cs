namespace MailMarketing.AspNetCore.Tests.Services;

/// <summary>Knows the deliveries 1 to 99 and writes down what is appended.</summary>
internal sealed class FakeDeliveries : IDeliveryStore
{
    public List<DeliveryEvent> Events { get; } = [];

    public Task<IReadOnlyList<JobId>> AppendAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken)
    {
        var known = events.ToLookup(one => one.JobId.AsDeliveryId() is >= 1 and <= 99);
        Events.AddRange(known[true]);
        return Task.FromResult<IReadOnlyList<JobId>>([.. known[false].Select(one => one.JobId)]);
    }

    public Task<Delivery?> GetAsync(long id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Delivery>> ListAsync(long campaignId, DeliveryQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Page<ContactDelivery>> ListOfContactAsync(long contactId, PageRequest page, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<int> ConfirmSentAsync(long campaignId, IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Result<Reconciliation>> ReconcileAsync(long campaignId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<long>> ListUnreconciledAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>([]);
}
