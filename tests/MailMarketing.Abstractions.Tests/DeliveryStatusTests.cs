using MailMarketing;

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
