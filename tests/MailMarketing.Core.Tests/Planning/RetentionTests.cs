using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MailMarketing.Core.Tests.Planning;

public sealed class RetentionTests : ICampaignRetention
{
    private readonly Queue<DroppedDeliveries?> _left = new([new(1, 5000), new(1, 12), new(2, 0), null]);
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TimeSpan> _asked = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_deliveries_are_dropped_until_none_is_left()
    {
        using var worker = Worker(TimeSpan.FromDays(90));
        await worker.StartAsync(Stop);

        await _done.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);

        await worker.StopAsync(Stop);
        Assert.Equal(Enumerable.Repeat(TimeSpan.FromDays(90), 4), _asked);
    }

    [Fact]
    public async Task Nothing_is_dropped_where_nobody_asked_for_it()
    {
        using var worker = Worker(null);
        await worker.StartAsync(Stop);
        await worker.ExecuteTask!;

        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0.5, false)]
    [InlineData(-1, false)]
    public void Deliveries_are_kept_for_a_day_at_least(double days, bool isFit) => Assert.Equal(
        isFit, new MailMarketingOptionsValidator().Validate(null, new MailMarketingOptions { KeepDeliveries = TimeSpan.FromDays(days) }).Succeeded);

    public Task<DroppedDeliveries?> DropOldDeliveriesAsync(TimeSpan age, int max, CancellationToken cancellationToken)
    {
        _asked.Add(age);
        var dropped = _left.Dequeue();
        if (dropped is null)
        {
            _done.SetResult();
        }

        return Task.FromResult(dropped);
    }

    private RetentionWorker Worker(TimeSpan? age) => new(
        new ServiceCollection().AddSingleton<ICampaignRetention>(this).BuildServiceProvider(),
        Options.Create(new MailMarketingOptions { KeepDeliveries = age }), TimeProvider.System, NullLogger<RetentionWorker>.Instance);
}
