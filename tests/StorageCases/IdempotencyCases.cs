using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.StorageCases;

/// <summary>What a marketing side's storage must do with idempotency keys.</summary>
public abstract class IdempotencyCases(StoreFixture store) : IDisposable
{
    private readonly IIdempotencyStore _calls = store.Services.GetRequiredService<IIdempotencyStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_taken_once_and_answered_as_before()
    {
        Assert.Null(await _calls.BeginAsync("a", "one", Stop));
        Assert.Equal(new RememberedCall("one", null, null), await _calls.BeginAsync("a", "one", Stop));
        Assert.Null(await _calls.BeginAsync("b", "one", Stop));

        await _calls.EndAsync("a", 201, """{"id":1}""", Stop);

        var known = new RememberedCall("one", 201, """{"id":1}""");
        Assert.Equal(known, await _calls.BeginAsync("a", "one", Stop));
        Assert.Equal(known, await _calls.BeginAsync("a", "two", Stop));
    }

    [Fact]
    public async Task A_call_that_came_to_nothing_can_be_made_again()
    {
        Assert.Null(await _calls.BeginAsync("a", "one", Stop));
        await _calls.EndAsync("a", 0, null, Stop);
        Assert.Null(await _calls.BeginAsync("a", "two", Stop));
    }

    [Fact]
    public async Task A_call_that_never_ended_is_taken_over_by_its_like_after_a_minute()
    {
        Assert.Null(await _calls.BeginAsync("a", "one", Stop));
        store.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.NotNull(await _calls.BeginAsync("a", "two", Stop));
        Assert.Null(await _calls.BeginAsync("a", "one", Stop));
        Assert.NotNull(await _calls.BeginAsync("a", "one", Stop));
    }

    [Fact]
    public async Task Keys_are_forgotten_after_a_day()
    {
        Assert.Null(await _calls.BeginAsync("a", "one", Stop));
        await _calls.EndAsync("a", 201, "{}", Stop);
        store.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        Assert.Null(await _calls.BeginAsync("a", "two", Stop));
    }

    [Fact]
    public async Task Of_callers_at_once_one_takes_the_key()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _calls.BeginAsync("a", "one", Stop)));
        Assert.Single(answers, answer => answer is null);
    }

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }
}
