using System.Net;

namespace MailMarketing.AspNetCore.Tests.Services;

public class ControlEndpointTests
{
    private const string Path = "/api/v1/control";

    [Fact]
    public async Task A_campaigns_state_reaches_the_queue()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, _) = await host.PostAsync(Path, """{"campaign_id": "12", "revision": 4, "state": "paused"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var control = Assert.Single(host.Intake.Controls);
        Assert.Equal(("12", 4L, CampaignState.Paused), (control.CampaignId, control.Revision, control.State));
        Assert.Empty(control.Withdraw);
    }

    [Fact]
    public async Task Withdrawn_jobs_reach_the_queue()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, _) = await host.PostAsync(Path, """{"withdraw": [{"id": 7, "round": 1}, {"id": "x"}], "reason": "unsubscribed"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var control = Assert.Single(host.Intake.Controls);
        Assert.Null(control.State);
        Assert.Equal("unsubscribed", control.Reason);
        Assert.Equal([(JobId.Of(7), 1), (new JobId("x", IsNumber: false), 0)], control.Withdraw);
    }

    [Theory]
    [InlineData("{}", "state")]
    [InlineData("""{"state": "paused", "revision": 1}""", "campaign_id")]
    [InlineData("""{"state": "paused", "campaign_id": "1"}""", "revision")]
    [InlineData("""{"state": "draft", "campaign_id": "1", "revision": 1}""", "running, paused or cancelled")]
    [InlineData("""{"withdraw": {}}""", "list")]
    [InlineData("""{"withdraw": [{"round": 1}]}""", "withdraw[0].id")]
    [InlineData("""{"withdraw": [], "surprise": 1}""", "surprise")]
    public async Task A_bad_body_is_a_400_that_says_where_and_why(string body, string expected)
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, answer) = await host.PostAsync(Path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
        Assert.Empty(host.Intake.Controls);
    }
}
