using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests.Checking;

/// <summary>A fault that struck.</summary>
/// <param name="InFlight">Messages on their way at that moment.</param>
/// <param name="Taken">Messages that the gateway had taken.</param>
/// <param name="Ended">Deliveries that had ended.</param>
/// <param name="Healed">When the fault was over.</param>
internal sealed record Strike(int InFlight, int Taken, IReadOnlyList<Api.Delivery> Ended, DateTimeOffset Healed);
