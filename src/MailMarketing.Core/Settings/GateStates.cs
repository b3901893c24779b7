using MailMarketing.Engine;

namespace MailMarketing;

/// <summary>The lanes' states as the engine's gates have them.</summary>
internal sealed class GateStates(LaneGates gates) : ILaneStates
{
    public string? ClosedBecause(string lane) => gates.Of(lane).Status is { State: not GateState.Open } status ? status.Reason : null;

    public void Open(string lane) => gates.Of(lane).Reopen();
}
