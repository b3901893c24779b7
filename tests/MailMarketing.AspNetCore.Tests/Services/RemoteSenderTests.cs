using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Services;

public class RemoteSenderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static JobBatch Least => new()
    {
        Content = new FrozenContent
        {
            Source = new TemplateSource { Subject = "News", Text = "Hello", Language = "braces" },
            FrozenAt = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero),
        },
        Jobs = [Job(1)],
    };

    private static JobBatch Full => new()
    {
        CampaignId = "12",
        Revision = 5_000_000_000,
        Lane = "bulk",
        Policy = SendPolicy.AtLeastOnce,
        Content = new FrozenContent
        {
            Source = new TemplateSource
            {
                Subject = "Grüße, {name} 🎉",
                Html = "<p class=\"a\">Hello & 你好</p>",
                Text = "Hello {name}\r\n\t+",
                Language = "braces",
            },
            From = new Mailbox("Läden \"Süd\"", "shop@example.org"),
            Headers = new Dictionary<string, string> { ["X-Shop"] = "1", ["X-City"] = "Köln" },
            Attachments =
            [
                Attachment.Of("Bedingungen „neu“.pdf", "application/pdf", Enumerable.Range(0, 3000).Select(n => (byte)n).ToArray()),
                Attachment.Of("a.csv", "text/csv", new byte[] { 1 }),
            ],
            FrozenAt = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.Zero).AddTicks(1_234_567),
        },
        Jobs =
        [
            Job(7) with
            {
                Round = 2,
                Attempts = 3,
                IdempotencyKey = "k-1_a.b~c",
                NotAfter = new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero),
                Fields = new Dictionary<string, object?>
                {
                    ["id"] = 7L,
                    ["user_id"] = long.MaxValue,
                    ["email"] = "ada@example.org",
                    ["name"] = "Ada 李 🦊 O'Hara",
                    ["first_name"] = null,
                    ["attributes"] = new Dictionary<string, object?>
                    {
                        ["vip"] = true,
                        ["score"] = 1.50m,
                        ["far"] = 1e300,
                        ["tags"] = new List<object?> { "a", null, 5L, new Dictionary<string, object?> { ["Straße"] = "\u2028</script>" } },
                        ["none"] = new Dictionary<string, object?>(),
                    },
                    ["segments"] = new[] { "VIP \"ä\"", "Süd" },
                    ["unsubscribe_url"] = "https://example.org/u?a=1&b=2",
                },
            },
            Job(8) with { JobId = new JobId("a-8", IsNumber: false), Fields = Fields("a-8") },
        ],
    };

    public static TheoryData<bool> Batches => new(false, true);

    [Theory]
    [MemberData(nameof(Batches))]
    public async Task A_batch_arrives_as_it_was_handed_over(bool full)
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        var batch = full ? Full : Least;

        Assert.Equal("life-1", await web.Remote.SubmitAsync(batch, Token));

        var arrived = Assert.Single(emailClient.Intake.Batches);
        Assert.Equal(JsonSerializer.Serialize(batch), JsonSerializer.Serialize(arrived));
        Assert.Equal(
            batch.Content.Attachments.Select(file => file.Content.ToArray()), arrived.Content.Attachments.Select(file => file.Content.ToArray()));
    }

    [Fact]
    public async Task A_large_batch_after_a_small_one_arrives_whole()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        await web.Remote.SubmitAsync(Least, Token);
        await web.Remote.SubmitAsync(Least with { Jobs = [.. Enumerable.Range(1, 20_000).Select(id => Job(id))] }, Token);
        await web.Remote.SubmitAsync(Least, Token);
        Assert.Equal([1, 20_000, 1], emailClient.Intake.Batches.Select(batch => batch.Jobs.Count));
    }

    [Fact]
    public async Task A_change_of_a_campaign_arrives()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        foreach (var state in new[] { CampaignState.Running, CampaignState.Paused, CampaignState.Cancelled })
        {
            await web.Remote.ControlAsync(new SendControl { CampaignId = "12", Revision = 4, State = state }, Token);
            var control = emailClient.Intake.Controls[^1];
            Assert.Equal(("12", 4L, (CampaignState?)state), (control.CampaignId, control.Revision, control.State));
            Assert.Empty(control.Withdraw);
        }
    }

    [Fact]
    public async Task Withdrawn_jobs_arrive()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        var control = new SendControl { Withdraw = [(JobId.Of(7), 2), (new JobId("x", IsNumber: false), 0)], Reason = "unsubscribed" };
        await web.Remote.ControlAsync(control, Token);
        var arrived = Assert.Single(emailClient.Intake.Controls);
        Assert.Equal(control.Withdraw, arrived.Withdraw);
        Assert.Equal((null, null, "unsubscribed"), (arrived.CampaignId, arrived.State, arrived.Reason));
    }

    [Fact]
    public async Task Settings_are_changed_and_read_from_afar()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        var unset = await web.Remote.GetSettingsAsync(Token);
        Assert.Null(unset.From);
        Assert.Empty(unset.Headers);
        Assert.False(unset.AuthConfigured);

        var changed = await web.Remote.UpdateSettingsAsync(
            new SenderSettingsPatch
            {
                Auth = new GatewayCredentials("ada", "pässword+\"\\"),
                Lane = "bulk",
                From = new Mailbox("Läden", "shop@example.org"),
                Headers = new Dictionary<string, string> { ["X-A"] = "ü" },
            },
            Token);

        var read = await web.Remote.GetSettingsAsync(Token);
        Assert.Equal(JsonSerializer.Serialize(changed.OrThrow()), JsonSerializer.Serialize(read));
        Assert.Equal(new Mailbox("Läden", "shop@example.org"), read.From);
        Assert.Equal("ü", read.Headers["X-A"]);
        Assert.True(read.AuthConfigured);
        Assert.Equal([new LaneView("bulk", true, LaneState.Open, null), new LaneView("news", false, LaneState.Open, null)], read.Lanes);
    }

    [Fact]
    public async Task An_empty_change_gives_the_settings_as_they_are()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        Assert.Equal(2, (await web.Remote.UpdateSettingsAsync(new SenderSettingsPatch(), Token)).OrThrow().Lanes.Count);
        Assert.Equal(0, emailClient.Settings.Changes);
    }

    [Fact]
    public async Task A_refused_change_is_a_problem_with_the_field_and_the_reason()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        var refused = await web.Remote.UpdateSettingsAsync(new SenderSettingsPatch { From = new Mailbox(null, "nobody") }, Token);
        Assert.Equal(ProblemKind.Invalid, refused.Problem?.Kind);
        Assert.Equal(["from.email"], refused.Problem?.Errors.Keys);
        Assert.Contains("@", refused.Problem?.Detail, StringComparison.Ordinal);
        Assert.Equal(0, emailClient.Settings.Changes);
    }

    [Fact]
    public async Task A_refused_batch_tells_the_reason()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        var answer = await web.Remote.SubmitAsync(Least with { Lane = "nowhere" }, Token);
        Assert.Equal(ProblemKind.Invalid, answer.Problem?.Kind);
        Assert.Contains("There is no such lane", answer.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_above_the_email_clients_limit_is_refused_for_its_size()
    {
        await using var emailClient = await ServiceHost.StartAsync(options => options.MaxBodyBytes = 1024);
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        var answer = await web.Remote.SubmitAsync(Least with { Jobs = [.. Enumerable.Range(1, 50).Select(id => Job(id))] }, Token);
        Assert.Equal(ProblemKind.Invalid, answer.Problem?.Kind);
        Assert.Contains("smaller batches", answer.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_or_failing_email_client_certainly_took_nothing()
    {
        await using var emailClient = await ServiceHost.StartAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        emailClient.Intake.Unreachable = true;
        var answer = await web.Remote.SubmitAsync(Least, Token);
        Assert.Equal(ProblemKind.Unavailable, answer.Problem?.Kind);
        Assert.Contains("503", answer.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_email_client_with_another_key_throws()
    {
        await using var emailClient = await ServiceHost.StartAsync(options => options.ServiceKey = "another key of more than thirty-two characters");
        await using var web = await ServiceHost.StartAsync(emailClient: emailClient.Address);
        var failure = await Assert.ThrowsAsync<MailMarketingException>(() => web.Remote.GetSettingsAsync(Token));
        Assert.Contains("401", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_email_client_that_does_not_run_throws_and_says_so()
    {
        await using var gone = await ServiceHost.StartAsync();
        await gone.DisposeAsync();
        await using var web = await ServiceHost.StartAsync(emailClient: gone.Address);
        Func<Task>[] calls =
        [
            () => web.Remote.ControlAsync(new SendControl { CampaignId = "1", State = CampaignState.Paused }, Token),
            () => web.Remote.GetSettingsAsync(Token),
            () => web.Remote.UpdateSettingsAsync(new SenderSettingsPatch(), Token),
        ];
        foreach (var call in calls)
        {
            var failure = await Assert.ThrowsAsync<MailMarketingException>(call);
            Assert.Contains("does not answer", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(ProblemKind.Unavailable, (await web.Remote.SubmitAsync(Least, Token)).Problem?.Kind);
    }

    private static HandedJob Job(long id) => new() { JobId = JobId.Of(id), Fields = Fields(id) };

    private static Dictionary<string, object?> Fields(object id) => new() { ["id"] = id, ["email"] = "ada@example.org", ["name"] = "Ada" };
}
