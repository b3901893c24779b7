using FsCheck;
using FsCheck.Fluent;

namespace MailMarketing.Abstractions.Tests;

public class DeliveryStatusTests
{
    private static readonly DeliveryStatus[] Reports =
    [
        new(1, DeliveryState.Pending, 0),
        new(1, DeliveryState.Retry, 1),
        new(1, DeliveryState.Retry, 2),
        new(1, DeliveryState.Unknown, 2),
        new(1, DeliveryState.Success, 3),
        new(2, DeliveryState.Failure, 4),
    ];

    [Fact]
    public void Every_order_of_reports_ends_the_same()
    {
        foreach (var order in Permutations(Reports))
        {
            var status = order.Aggregate(new DeliveryStatus(1, DeliveryState.Pending, 0), (at, report) => at.YieldsTo(report) ? report : at);
            Assert.Equal(new DeliveryStatus(1, DeliveryState.Success, 3), status);
        }
    }

    [Fact]
    public void Any_multiset_of_reports_in_any_order_gives_the_same_state()
    {
        var report =
            from round in Gen.Choose(1, 2)
            from state in Gen.Elements(Enum.GetValues<DeliveryState>())
            from attempts in Gen.Choose(0, 4)
            select new DeliveryStatus(round, state, attempts);
        var cases =
            from reports in report.ListOf()
            from again in Gen.Shuffle([.. reports, .. reports.Take(3)])
            select (Reports: reports.ToArray(), Again: again);

        Prop.ForAll(cases.ToArbitrary(), one => Join(one.Reports) == Join(one.Again))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        static DeliveryStatus Join(DeliveryStatus[] reports) =>
            reports.Aggregate(new DeliveryStatus(1, DeliveryState.Pending, 0), (at, next) => at.YieldsTo(next) ? next : at);
    }

    [Theory]
    [InlineData(DeliveryState.Success, DeliveryState.Retry)]
    [InlineData(DeliveryState.Success, DeliveryState.Unknown)]
    [InlineData(DeliveryState.Failure, DeliveryState.Pending)]
    [InlineData(DeliveryState.Failure, DeliveryState.Cancelled)]
    [InlineData(DeliveryState.Unknown, DeliveryState.Failure)]
    public void A_report_never_moves_a_delivery_back(DeliveryState state, DeliveryState report) =>
        Assert.False(new DeliveryStatus(1, state, 1).YieldsTo(new(1, report, 9)));

    [Fact]
    public void A_report_of_another_round_is_ignored()
    {
        Assert.False(new DeliveryStatus(2, DeliveryState.Pending, 0).YieldsTo(new(1, DeliveryState.Success, 1)));
        Assert.False(new DeliveryStatus(1, DeliveryState.Pending, 0).YieldsTo(new(2, DeliveryState.Success, 1)));
    }

    [Fact]
    public void A_report_repeated_changes_nothing()
    {
        foreach (var report in Reports)
        {
            Assert.False(report.YieldsTo(report));
        }
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) =>
        items.Length == 0
            ? [[]]
            : items.SelectMany((item, at) => Permutations([.. items[..at], .. items[(at + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
