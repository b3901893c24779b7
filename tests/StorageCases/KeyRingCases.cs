using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.StorageCases;

/// <summary>What a storage must do with the entries of the key ring, on either side.</summary>
public abstract class KeyRingCases(IDisposable fixture, IServiceProvider services) : IDisposable
{
    private readonly IKeyRingStore _keys = services.GetRequiredService<IKeyRingStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_are_kept_under_their_names_and_never_change()
    {
        Assert.Empty(await _keys.ReadAsync(Stop));
        await _keys.AddAsync("key-1", "<key>é</key>", Stop);
        await _keys.AddAsync("key-2", "<key />", Stop);
        await _keys.AddAsync("key-1", "<other />", Stop);

        Assert.Equal(
            new Dictionary<string, string> { ["key-1"] = "<key>é</key>", ["key-2"] = "<key />" },
            (await _keys.ReadAsync(Stop)).ToDictionary());
    }

    [Fact]
    public async Task Two_nodes_that_add_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => _keys.AddAsync($"key-{n % 10}", "<key />", Stop)));
        Assert.Equal(10, (await _keys.ReadAsync(Stop)).Count);
    }

    public void Dispose()
    {
        fixture.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same on a marketing side's storage.</summary>
public abstract class MarketingKeyRingCases(StoreFixture store) : KeyRingCases(store, store.Services);

/// <summary>The same on the storage of a sending side in a process of its own.</summary>
public abstract class IntakeKeyRingCases(IntakeQueueFixture queue) : KeyRingCases(queue, queue.Services);
