using System.Collections.Concurrent;

namespace MailMarketing.Engine;

/// <summary>The gates of all lanes, for the engine and for what shows lanes to people.</summary>
internal sealed class LaneGates(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LaneGate> _gates = new(StringComparer.Ordinal);

    /// <summary>The gate of a lane.</summary>
    public LaneGate Of(string lane) => _gates.GetOrAdd(lane, name => new LaneGate(name, time));
}
