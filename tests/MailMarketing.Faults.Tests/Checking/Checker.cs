using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests.Checking;

/// <summary>Compares whom a campaign was for, what the gateway took and what the API says.</summary>
internal static class Checker
{
    private static readonly string[] _final = ["success", "failure", "authFailure", "suppressed", "cancelled", "unknown"];

    public static Report Judge(
        int seed, string fault, int people, IReadOnlyList<Strike> strikes, IReadOnlyList<Api.Delivery> deliveries, IReadOnlyList<GatewayAnswer> record)
    {
        var taken = record.Where(answer => answer.IsNew).ToList();
        var byPerson = taken.ToLookup(answer => answer.To);
        var told = deliveries.ToDictionary(delivery => delivery.Email);
        var expected = Enumerable.Range(1, people).Select(number => $"p{number}@example.org").ToHashSet();
        var before = strikes.SelectMany(strike => strike.Ended).DistinctBy(delivery => delivery.Id);
        var now = deliveries.ToDictionary(delivery => delivery.Id, delivery => delivery.Status);
        return new Report
        {
            Seed = seed,
            Fault = fault,
            Landed = strikes.Count,
            InFlightHits = strikes.Count(strike => strike.InFlight > 0),
            Expected = people,
            Accepted = byPerson.Count,
            Lost = expected.Count(person => !byPerson.Contains(person) && !IsExplained(told.GetValueOrDefault(person))),
            RepeatedByKey = taken.GroupBy(answer => answer.Key).Sum(answers => answers.Count() - 1)
                + record.GroupBy(answer => answer.Key).Count(answers => answers.Select(answer => answer.BodyHash).Distinct().Count() > 1),
            Repeated = byPerson.Sum(answers => answers.Count() - 1),
            Uncertain = deliveries.Count(delivery => delivery.Status == "unknown"),
            Regressions = before.Count(delivery => now.GetValueOrDefault(delivery.Id) != delivery.Status),
            Stuck = deliveries.Count(delivery => !_final.Contains(delivery.Status)),
            Untrue = Untrue(deliveries, record).Count()
                + byPerson.Count(answers => !expected.Contains(answers.Key) || !told.ContainsKey(answers.Key)),
            Recovery = strikes.Select(strike => RecoveryOf(strike, taken)).Max(),
        };
    }

    /// <summary>Deliveries of which people are told something else than what the gateway knows.</summary>
    public static IEnumerable<Api.Delivery> Untrue(IEnumerable<Api.Delivery> deliveries, IEnumerable<GatewayAnswer> record)
    {
        var byPerson = record.Where(answer => answer.IsNew).ToLookup(answer => answer.To);
        return deliveries.Where(delivery => !IsTrue(delivery, byPerson[delivery.Email].ToList()));
    }

    private static bool IsExplained(Api.Delivery? delivery) =>
        delivery is not null && delivery.Status != "success" && _final.Contains(delivery.Status)
        && (delivery.Status == "cancelled" || !string.IsNullOrWhiteSpace(delivery.Error));

    // What was taken is a success, or nobody can tell; what is a success was taken, under the id that people see
    private static bool IsTrue(Api.Delivery delivery, List<GatewayAnswer> taken) => taken.Count == 0
        ? delivery.Status != "success"
        : delivery.Status == "unknown" || (delivery.Status == "success" && taken.Any(answer => answer.MessageId == delivery.MessageId));

    private static double? RecoveryOf(Strike strike, List<GatewayAnswer> taken)
    {
        var after = taken.Where(answer => answer.At >= strike.Healed).Select(answer => answer.At).ToList();
        return after.Count == 0 ? null : (after.Min() - strike.Healed).TotalMilliseconds;
    }
}
