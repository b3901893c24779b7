namespace MailMarketing.Simulation;

/// <summary>Web's queue behind a wire, as the hand-over pump sees it.</summary>
internal sealed class WireHandOver(Wire wire, IHandOverQueue queue, Machine machine, Ledger ledger)
    : WireQueue(wire, queue, machine, ledger), IHandOverQueue
{
    public Task<IReadOnlyList<string>> LanesAsync(CancellationToken cancellationToken) =>
        Wire.CallAsync("lanes", () => queue.LanesAsync(cancellationToken));

    public Task<SendBlock?> OfferAsync(ClaimRequest request, int window, CancellationToken cancellationToken) =>
        Wire.CallAsync("offer", () => queue.OfferAsync(request, window, cancellationToken));

    public Task OfferAgainAsync(string lane, int most, CancellationToken cancellationToken) =>
        Wire.CallAsync("offer again", () => queue.OfferAgainAsync(lane, most, cancellationToken));

    public Task<string?> HeardAsync(string lane, CancellationToken cancellationToken) =>
        Wire.CallAsync("heard", () => queue.HeardAsync(lane, cancellationToken));

    public Task<bool> HearAsync(string lane, string incarnation, CancellationToken cancellationToken) =>
        Wire.CallAsync("hear", () => queue.HearAsync(lane, incarnation, cancellationToken));

    public Task<(long Sequence, SendControl Control)?> ReadControlAsync(CancellationToken cancellationToken) =>
        Wire.CallAsync("read control", () => queue.ReadControlAsync(cancellationToken));

    public Task AcknowledgeControlAsync(long sequence, CancellationToken cancellationToken) =>
        Wire.CallAsync("acknowledge control", () => queue.AcknowledgeControlAsync(sequence, cancellationToken));
}
