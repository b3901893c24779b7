namespace MailMarketing.Faults.Tests.Rig;

/// <summary>Services that the tests of a class share.</summary>
public abstract class Deployments : IAsyncLifetime
{
    protected Deployments(string latency, bool honoursKeys) => Services = new(latency, honoursKeys);

    internal Services Services { get; }

    public async ValueTask InitializeAsync() => await Services.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Their gateway honours idempotency keys.</summary>
public sealed class Keyed() : Deployments("00:00:00.1", honoursKeys: true);

/// <summary>Their gateway takes whatever comes.</summary>
public sealed class Unkeyed() : Deployments("00:00:00.1", honoursKeys: false);

/// <summary>Their gateway takes its time.</summary>
public sealed class Slow() : Deployments("00:00:00.2", honoursKeys: true);
