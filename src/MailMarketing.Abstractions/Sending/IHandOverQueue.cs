namespace MailMarketing;

/// <summary>A marketing side's queue, from which jobs are handed over to a sending side in another process instead of being sent here.</summary>
/// <remarks>
/// Handing over is a claim with a long lease: what is not reported on before it ends is offered again. Handed-over jobs leave by
/// <see cref="IDeliveryStore.AppendAsync"/>, which also renews the lease of those that still wait.
/// </remarks>
public interface IHandOverQueue : ISendQueue
{
    /// <summary>
    /// The lanes in which there is work, each once: those of running campaigns, and of cancelled ones of which something was handed over
    /// and never answered. Empty text stands for the sending side's default lane.
    /// </summary>
    Task<IReadOnlyList<string>> LanesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Claims for handing over, only as many as keep the lane's handed-over, unfinished jobs at <paramref name="window"/>. Null where
    /// nothing is due or the window is full.
    /// </summary>
    Task<SendBlock?> OfferAsync(ClaimRequest request, int window, CancellationToken cancellationToken);

    /// <summary>
    /// Makes what is handed over and unfinished of a lane due again, the oldest <paramref name="most"/>: the sending side was silent, and
    /// recognises what it has.
    /// </summary>
    Task OfferAgainAsync(string lane, int most, CancellationToken cancellationToken);

    /// <summary>Which queue answered last for a lane; null where none did.</summary>
    Task<string?> HeardAsync(string lane, CancellationToken cancellationToken);

    /// <summary>
    /// Notes which queue answered for a lane. Where another one did before, that one is lost: what was handed over and is unfinished is
    /// due again with <see cref="SendJob.Ambiguous"/> set, and what people stopped of it is to be told again. True where so.
    /// </summary>
    Task<bool> HearAsync(string lane, string incarnation, CancellationToken cancellationToken);

    /// <summary>The oldest of what is to be told to the sending side: changes of campaigns, jobs to withdraw. Null where there is none.</summary>
    Task<(long Sequence, SendControl Control)?> ReadControlAsync(CancellationToken cancellationToken);

    /// <summary>Forgets what <see cref="ReadControlAsync"/> gave, once it has arrived.</summary>
    Task AcknowledgeControlAsync(long sequence, CancellationToken cancellationToken);
}
