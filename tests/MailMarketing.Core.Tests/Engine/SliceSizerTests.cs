using MailMarketing.Engine;

namespace MailMarketing.Core.Tests.Engine;

public class SliceSizerTests
{
    [Fact]
    public void A_fast_gateway_gets_the_largest_slices() => Assert.Equal(128, Settle(n => n * 0.001).Max());

    [Fact]
    public void A_gateway_that_takes_one_after_the_other_gets_what_it_can_take_in_two_tenths_of_a_second()
    {
        Assert.Equal(1, Settle(n => n * 0.3).Last());
        Assert.InRange(Settle(n => n * 0.03).Average(), 5, 12);
    }

    [Fact]
    public void A_gateway_that_only_answers_late_keeps_large_slices() => Assert.InRange(Settle(_ => 2).Average(), 20, 128);

    [Fact]
    public void Small_slices_say_nothing()
    {
        var sizer = new SliceSizer();
        sizer.Observe(1, TimeSpan.FromSeconds(9), SliceSizer.Largest);
        Assert.Equal(20, sizer.Size);
    }

    [Fact]
    public void A_fast_gateway_gets_as_much_as_it_may()
    {
        var sizer = new SliceSizer();
        for (var i = 0; i < 10; i++)
        {
            sizer.Observe(sizer.Size, TimeSpan.FromSeconds(0.01), SliceSizer.LargestKeyed);
        }

        Assert.Equal(SliceSizer.LargestKeyed, sizer.Size);
        sizer.Observe(sizer.Size, TimeSpan.FromSeconds(0.01), SliceSizer.Largest);
        Assert.Equal(SliceSizer.Largest, sizer.Size);
    }

    [Fact]
    public void Large_messages_are_few_at_once()
    {
        Assert.Equal(8, SliceSizer.Fitting([Prepared(1_000_000), Prepared(1_000_000)]));
        Assert.Equal(1, SliceSizer.Fitting([Prepared(9_000_000)]));
        Assert.Equal(SliceSizer.LargestKeyed, SliceSizer.Fitting([Prepared(3_000), Prepared(4_000)]));
    }

    [Fact]
    public void Where_memory_was_too_little_slices_are_halved()
    {
        var sizer = new SliceSizer();
        sizer.Shrink();
        Assert.Equal(10, sizer.Size);
        Enumerable.Range(0, 10).ToList().ForEach(_ => sizer.Shrink());
        Assert.Equal(1, sizer.Size);
    }

    private static PreparedMessage Prepared(int length) => new(Make.Job(1), new()
    {
        IdempotencyKey = "key",
        From = new("Shop", "shop@example.org"),
        To = new("Ada", "ada@example.org"),
        Content = new("Hello", new string('x', length), null),
    }, null);

    private static List<int> Settle(Func<int, double> seconds)
    {
        var sizer = new SliceSizer();
        var sizes = new List<int>();
        for (var i = 0; i < 200; i++)
        {
            var size = sizer.Size;
            Assert.InRange(size, 1, 128);
            sizer.Observe(size, TimeSpan.FromSeconds(seconds(size)), SliceSizer.Largest);
            if (i > 50)
            {
                sizes.Add(size);
            }
        }

        return sizes;
    }
}
