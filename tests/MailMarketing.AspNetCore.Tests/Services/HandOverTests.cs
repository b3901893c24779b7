using System.Net;
using System.Text;

namespace MailMarketing.AspNetCore.Tests.Services;

public class HandOverTests
{
    private static readonly JobBatch Batch = new()
    {
        CampaignId = "12",
        Revision = 3,
        Lane = "bulk",
        Policy = SendPolicy.AtLeastOnce,
        Content = new FrozenContent
        {
            Source = new TemplateSource { Subject = "News é", Html = "<p>Hello</p>", Text = "Hello {name}", Language = "braces" },
            From = new Mailbox("Shop", "shop@example.org"),
            Headers = new Dictionary<string, string> { ["X-Shop"] = "1" },
            FrozenAt = new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero),
        },
        Jobs =
        [
            new()
            {
                JobId = JobId.Of(7),
                Round = 2,
                Attempts = 1,
                IdempotencyKey = "k-1",
                NotAfter = new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero),
                Fields = new Dictionary<string, object?>
                {
                    ["id"] = 7L,
                    ["email"] = "ada@example.org",
                    ["name"] = null,
                    ["attributes"] = new Dictionary<string, object?> { ["vip"] = true, ["score"] = 1.5m, ["tags"] = new object?[] { "a", null, 3L } },
                },
            },
        ],
    };

    [Fact]
    public async Task What_web_writes_is_what_the_queue_gets()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var (status, _) = await host.PostAsync("/api/v1/email", EmailWriter.Write(Batch));
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equivalent(Batch, Assert.Single(host.Intake.Batches), strict: true);
    }

    [Fact]
    public void The_originals_form_has_only_what_the_original_knows() =>
        Assert.Equal(
            """{"subject":"News \u00E9","template":"Hello {name}","jobs":[{"id":7,"email":"ada@example.org","name":null,"attributes":{"vip":true,"score":1.5,"tags":["a",null,3]}}]}""",
            Encoding.UTF8.GetString(EmailWriter.Write(Batch, originalForm: true)));

    [Fact]
    public async Task Control_that_web_writes_is_what_the_queue_gets()
    {
        await using var host = await ServiceHost.StartAnonymousAsync();
        var control = new SendControl
        {
            CampaignId = "12",
            Revision = 4,
            State = CampaignState.Cancelled,
            Withdraw = [(JobId.Of(7), 1), (new JobId("x", IsNumber: false), 2)],
            Reason = "unsubscribed",
        };
        Assert.Equal(HttpStatusCode.OK, (await host.PostAsync("/api/v1/control", ControlWriter.Write(control))).Status);
        Assert.Equivalent(control, Assert.Single(host.Intake.Controls), strict: true);
    }
}
