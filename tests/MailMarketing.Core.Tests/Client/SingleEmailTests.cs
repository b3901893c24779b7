namespace MailMarketing.Core.Tests.Client;

public sealed class SingleEmailTests
{
    private static readonly SingleEmail _email = new()
    {
        To = new Mailbox("Ada", "ada@example.org"),
        Source = new TemplateSource { Subject = "Hi", Text = "See {{ link }}" },
        Fields = new Dictionary<string, object?> { ["link"] = "https://example.org/x", ["attributes"] = new Dictionary<string, object?>() },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_travels_as_a_job_of_its_own_where_the_sending_side_is_elsewhere()
    {
        await using var harness = new ClientHarness(remote: true);
        (await harness.Client.SendAsync(_email, Stop)).OrThrow();
        var batch = harness.Remote.Batch!;
        Assert.Null(batch.CampaignId);
        var job = Assert.Single(batch.Jobs);
        Assert.Null(job.JobId.AsDeliveryId());
        Assert.Equal(("ada@example.org", "Ada", "https://example.org/x"), (job.Fields["email"], job.Fields["name"], job.Fields["link"]));
    }

    [Fact]
    public async Task It_needs_a_sender_and_credentials_as_campaigns_do()
    {
        await using var harness = new ClientHarness();
        Assert.Equal(ProblemKind.Conflict, (await harness.Client.SendAsync(_email, Stop)).Problem!.Kind);
        await harness.Client.Settings.UpdateAsync(new() { From = new("News", "news@example.org") }, Stop);
        Assert.Contains("credentials", (await harness.Client.SendAsync(_email, Stop)).Problem!.Detail, StringComparison.Ordinal);
        await harness.Client.Settings.UpdateAsync(new() { Auth = new("u", "p") }, Stop);
        Assert.True((await harness.Client.SendAsync(_email, Stop)).Succeeded);
        Assert.Equal(ProblemKind.Invalid, (await harness.Client.SendAsync(_email with { Lane = "none" }, Stop)).Problem!.Kind);
    }
}
