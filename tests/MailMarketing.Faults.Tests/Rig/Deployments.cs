namespace MailMarketing.Faults.Tests.Rig;

/// <summary>Services that the tests of a class share.</summary>
public abstract class Deployments : IAsyncLifetime
{
    /// <summary>How long gateways take for a message.</summary>
    public static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    protected Deployments(TimeSpan latency, bool honoursKeys, int clients = 2, string? databaseDisk = null) =>
        Services = new(latency, honoursKeys, clients, databaseDisk);

    internal Services Services { get; }

    public async ValueTask InitializeAsync() => await Services.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Their gateway honours idempotency keys.</summary>
public sealed class Keyed() : Deployments(Latency, honoursKeys: true);

/// <summary>Tests of the gateway and of what web stands on have one deployment, one after the other.</summary>
[CollectionDefinition("gateways")]
public sealed class Gateways : ICollectionFixture<Keyed>;

/// <summary>A second is measured: with the machine to itself.</summary>
[CollectionDefinition("obedience", DisableParallelization = true)]
public sealed class Obedience;

/// <summary>Their gateway takes whatever comes.</summary>
public sealed class Unkeyed() : Deployments(Latency, honoursKeys: false);

/// <summary>Three email clients, and a gateway that takes its time.</summary>
public sealed class Slow() : Deployments(2 * Latency, honoursKeys: true, clients: 3);

/// <summary>Their database has a small disk.</summary>
public sealed class Cramped() : Deployments(Latency, honoursKeys: true, databaseDisk: "320m");
