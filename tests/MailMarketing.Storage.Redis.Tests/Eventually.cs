namespace MailMarketing.Storage.Redis.Tests;

internal static class Eventually
{
    /// <summary>Asks again, while there is no answer or the server is away, for at most twenty seconds.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T?>> ask)
        where T : class
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await ask() is { } answer)
                {
                    return answer;
                }
            }
            catch (MailMarketingException) when (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20))
            {
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "There was no answer within 20 seconds.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
