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
    public async Task Its_files_travel_with_it_where_the_lane_carries_them()
    {
        var file = Attachment.Of("a.txt", "text/plain", new byte[] { 1, 2 });
        var email = _email with { Source = _email.Source with { Attachments = [file] } };
        await using var harness = new ClientHarness(remote: true);
        harness.Remote.View = new() { AuthConfigured = true, Lanes = [new("bulk", true, LaneState.Open, null)] };
        Assert.Contains("SupportsAttachments", (await harness.Client.SendAsync(email, Stop)).Problem!.Detail, StringComparison.Ordinal);
        harness.Remote.View = new() { AuthConfigured = true, Lanes = [new("bulk", true, LaneState.Open, null) { Attachments = true }] };
        (await harness.Client.SendAsync(email, Stop)).OrThrow();
        Assert.Equal(file, Assert.Single(harness.Remote.Batch!.Content.Attachments));
        Assert.Null(harness.Remote.Batch.Content.Source.Attachments);
        var bad = _email.Source with { Attachments = [file with { Name = "../a" }] };
        Assert.Equal("attachments", Assert.Single((await harness.Client.SendAsync(email with { Source = bad }, Stop)).Problem!.Errors).Key);

        await using var here = new ClientHarness();
        await here.Client.Settings.UpdateAsync(new() { From = new("News", "news@example.org"), Auth = new("u", "p") }, Stop);
        Assert.Contains("SupportsAttachments", (await here.Client.SendAsync(email, Stop)).Problem!.Detail, StringComparison.Ordinal);
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
