using System.Diagnostics.Metrics;
using MailMarketing.Core.Tests.Client;
using Microsoft.Extensions.Logging;

namespace MailMarketing.Core.Tests.Planning;

/// <summary>Differences are made known.</summary>
public sealed class ReconcilingTests
{
    [Fact]
    public async Task A_difference_is_an_error_in_the_log_and_counted()
    {
        var counted = 0L;
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "mailmarketing.reconciliation.differences")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((_, n, _, _) => counted += n);
        meters.Start();
        var (stores, log) = (new FakeStores(), new ErrorLog());
        stores.Reconciliation = new Reconciliation
        {
            Planned = 2,
            ByState = new DeliveryCounts { Success = 1 },
            Outstanding = 0,
            Differences = ["2 deliveries were planned, and there are 1.", "Another."],
            CheckedAt = default,
        };

        var found = await new Reconciler(stores, log).CheckAsync(7, TestContext.Current.CancellationToken);

        Assert.Equal(stores.Reconciliation, found.Value);
        Assert.Equal("The deliveries of campaign 7 do not add up: 2 deliveries were planned, and there are 1. Another.", Assert.Single(log.Errors));
        Assert.Equal(2, counted);
        stores.Reconciliation = stores.Reconciliation with { Differences = [] };
        await new Reconciler(stores, log).CheckAsync(7, TestContext.Current.CancellationToken);
        Assert.Single(log.Errors);
    }

    private sealed class ErrorLog : ILogger<Reconciler>
    {
        public List<string> Errors { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error)
            {
                Errors.Add(formatter(state, exception));
            }
        }
    }
}
