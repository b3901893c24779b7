using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Engine;

/// <summary>Waits for conditions while fake time goes on.</summary>
internal static class Until
{
    /// <summary>Moves the time in steps until a condition holds; fails after 20 s of real time.</summary>
    public static async Task TrueAsync(FakeTimeProvider time, Func<bool> condition, int stepMs = 50)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "The condition did not come true within 20 s.");
            // Gives the engine's own threads a turn between two steps.
            await Task.Delay(1, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMilliseconds(stepMs));
        }
    }
}
