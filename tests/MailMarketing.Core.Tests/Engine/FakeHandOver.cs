namespace MailMarketing.Core.Tests.Engine;

/// <summary>A marketing side's queue.</summary>
internal sealed class FakeHandOver(TimeProvider time) : FakeQueue(time), IHandOverQueue
{
    private string? _heard;

    public Queue<(long Sequence, SendControl Control)> Control { get; } = [];

    /// <summary>How often everything was offered again, once there had been anything to offer.</summary>
    public int OfferedAgain { get; private set; }

    public (int Window, TimeSpan Lease) Asked { get; private set; }

    public Task<IReadOnlyList<string>> LanesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>(["bulk"]);

    /// <summary>As many blocks are taken, and nobody hears of it.</summary>
    public int UnheardOffers { get; set; }

    public async Task<SendBlock?> OfferAsync(ClaimRequest request, int window, CancellationToken cancellationToken)
    {
        Asked = (window, request.Lease);
        var block = await ClaimAsync(request, cancellationToken);
        return block is null || --UnheardOffers < 0 ? block : throw new MailMarketingException("The database did not answer.");
    }

    /// <summary>Whether what is offered again to ask how the sending side is, is due again.</summary>
    public bool CanBeAsked { get; init; }

    public Task OfferAgainAsync(string lane, int most, CancellationToken cancellationToken)
    {
        OfferedAgain += most > 1 && Asked.Window > 0 ? 1 : 0;
        if (most > 1 || CanBeAsked)
        {
            EndLeases();
        }

        return Task.CompletedTask;
    }

    public Task<string?> HeardAsync(string lane, CancellationToken cancellationToken) => Task.FromResult(_heard);

    public Task<bool> HearAsync(string lane, string incarnation, CancellationToken cancellationToken)
    {
        var isLost = _heard is not null && _heard != incarnation;
        _heard = incarnation;
        return isLost ? AgainAsync() : Task.FromResult(false);

        async Task<bool> AgainAsync()
        {
            await OfferAgainAsync(lane, int.MaxValue, cancellationToken);
            return true;
        }
    }

    public Task<(long Sequence, SendControl Control)?> ReadControlAsync(CancellationToken cancellationToken) =>
        Task.FromResult<(long, SendControl)?>(Control.TryPeek(out var next) ? next : null);

    public Task AcknowledgeControlAsync(long sequence, CancellationToken cancellationToken)
    {
        Assert.Equal(sequence, Control.Dequeue().Sequence);
        return Task.CompletedTask;
    }
}
