using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class StorageFailureTests
{
    [Fact]
    public async Task Storage_that_cannot_be_used_is_a_503_that_asks_to_come_back_and_tells_nothing_of_the_machine()
    {
        await using var host = await ApiHost.StartAsync();
        (await host.GetAsync("/contacts")).Succeeded();
        host.BreakStorage();
        var answer = await host.GetAsync("/contacts");
        var detail = answer.Refused(HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain("mail.db", detail, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
    }
}
