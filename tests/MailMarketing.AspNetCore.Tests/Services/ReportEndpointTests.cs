using System.Net;
using System.Text;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Services;

public class ReportEndpointTests
{
    private const string Path = "/api/v1/job";

    [Fact]
    public async Task What_the_reporter_sends_is_what_the_store_gets()
    {
        await using var web = await ServiceHost.StartAsync();
        await using var sender = await ServiceHost.StartAsync(reportTo: web.Address);
        var states = Enum.GetValues<DeliveryState>().Except([DeliveryState.Sending]).ToArray();
        var events = states.Select((state, index) => new DeliveryEvent
        {
            JobId = JobId.Of(index + 1),
            Status = new(2, state, index),
            MessageId = state == DeliveryState.Success ? "m-1" : null,
            Error = state == DeliveryState.Success ? null : "why <b>",
            At = web.Time.GetUtcNow().AddMinutes(-index),
        }).ToArray();

        await sender.Reporter.ReportAsync("life-1", events, TestContext.Current.CancellationToken);

        Assert.Equal(events.OrderBy(one => one.JobId.Text), web.Deliveries.Events.OrderBy(one => one.JobId.Text));
    }

    [Fact]
    public void Round_0_is_reported_in_the_originals_form_only()
    {
        var bytes = ReportWriter.Write("life-1",
        [
            new() { JobId = new("x", IsNumber: false), Status = new(0, DeliveryState.Success, 1), MessageId = "m" },
            new() { JobId = JobId.Of(2), Status = new(0, DeliveryState.Suppressed, 1), Error = "suppressed" },
        ]);
        Assert.Equal("""{"success":[{"id":"x","message_id":"m"}],"failure":[{"id":2,"message_id":""}]}""", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public async Task An_answer_other_than_200_throws()
    {
        await using var web = await ServiceHost.StartAsync(options => options.ServiceKey = "another key of more than thirty-two characters");
        await using var sender = await ServiceHost.StartAsync(reportTo: web.Address);
        DeliveryEvent one = new() { JobId = JobId.Of(1), Status = new(1, DeliveryState.Success, 1) };
        var failure = await Assert.ThrowsAsync<MailMarketingException>(
            () => sender.Reporter.ReportAsync("life-1", [one], TestContext.Current.CancellationToken));
        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
        Assert.Empty(web.Deliveries.Events);
    }

    [Fact]
    public async Task Plain_http_to_another_machine_is_refused()
    {
        await using var sender = await ServiceHost.StartAsync(reportTo: new Uri("http://web.example.org"));
        DeliveryEvent one = new() { JobId = JobId.Of(1), Status = new(1, DeliveryState.Success, 1) };
        var failure = await Assert.ThrowsAsync<MailMarketingException>(
            () => sender.Reporter.ReportAsync("life-1", [one], TestContext.Current.CancellationToken));
        Assert.Contains("AllowPlainHttp", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_entry_spoils_nothing_for_the_others()
    {
        await using var web = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await web.PostAsync(Path, $$"""
            {"success": [{"id": 1, "message_id": "m"}, {"id": 1000, "message_id": "m"}, {"message_id": "m"}, 5,
              {"id": 2, "message_id": null}, {"id": 3, "message_id": "{{new string('m', 999)}}"}],
             "retry": [{"id": "4", "message_id": "", "attempts": -1}, {"id": 5, "message_id": "", "error": "a\u0000b"}],
             "pending": []}
            """);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["1", "2", "3"], web.Deliveries.Events.Select(one => one.JobId.Text));
        Assert.All(web.Deliveries.Events, one => Assert.Equal((0, DeliveryState.Success), (one.Status.Round, one.Status.State)));
        Assert.Equal(["m", null, null], web.Deliveries.Events.Select(one => one.MessageId));
        using var json = JsonDocument.Parse(answer);
        var rejected = json.RootElement.GetProperty("rejected").EnumerateArray().Select(one => one.GetProperty("reason").GetString()!).ToArray();
        Assert.Equal(5, rejected.Length);
        Assert.StartsWith("success[2].id:", rejected[0], StringComparison.Ordinal);
        Assert.StartsWith("success[3]:", rejected[1], StringComparison.Ordinal);
        Assert.StartsWith("retry[0].attempts:", rejected[2], StringComparison.Ordinal);
        Assert.StartsWith("retry[1].error:", rejected[3], StringComparison.Ordinal);
        Assert.Contains("no delivery", rejected[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"success": [], "queue": "life-1"}""")]
    public async Task A_report_of_nothing_is_a_200(string body)
    {
        await using var web = await ServiceHost.StartAnonymousAsync();
        Assert.Equal((HttpStatusCode.OK, """{"rejected":[]}"""), await web.PostAsync(Path, body));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("[]", "object")]
    [InlineData("""{"success": 5}""", "success")]
    [InlineData("""{"opened": []}""", "opened")]
    public async Task A_bad_body_is_a_400_that_says_where_and_why(string body, string expected)
    {
        await using var web = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await web.PostAsync(Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }
}
