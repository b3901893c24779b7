using System.Net;
using System.Net.Http.Json;
using MailMarketing;
using ReferenceHost.People;

namespace ReferenceHost.Security.Tests;

/// <summary>What people type must not come back in a log, whatever it is.</summary>
public sealed class LogTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Fault", "S-63 S-64 S-06")]
    public async Task Logs_hold_no_address_no_name_no_subject_no_secret_and_no_line_of_somebody_else()
    {
        await using var host = await SafeHost.StartAsync(("MockGateway:Weights", "202=60,400=20,401=0,500=20"), ("Gateway:Backoff", "00:00:00.01"));
        var maker = await host.AddAsync("canary-maker@example.org", PersonRole.Administrator);
        var token = await host.Services.GetRequiredService<Tokens.ApiTokens>()
            .AddAsync("canary-token", PersonRole.Administrator, TimeSpan.FromDays(1), maker.Id, Stop);
        using var api = new Client(host.Web) { Bearer = token };
        await SendAsync(api, "PATCH", "settings", new
        {
            auth = new { user = "canary-user", password = "canary-password" }, email_from = new { name = "Shop", email = "canary-shop@example.org" },
        });
        var segment = await SendAsync(api, "POST", "segments", new { name = "canary-segment" });
        var template = await SendAsync(api, "POST", "templates", new
        {
            name = "canary-template", subject = "canary-subject {{ name }}", html = "<p>canary-body {{ unsubscribe_url }}</p>", text = "canary-text",
            language = "scriban",
        });
        var ids = new List<long>();
        for (var number = 0; number < 30; number++)
        {
            ids.Add(await SendAsync(api, "POST", "contacts", new { email = $"canary-{number}@example.org", name = $"canary-name {number}" }));
        }

        await SendAsync(api, "PUT", $"segments/{segment}/contacts", new { contactIds = ids });
        var campaign = await SendAsync(api, "POST", "campaigns", new { name = "canary-campaign", templateId = template, segmentIds = new[] { segment } });
        await SendAsync(api, "POST", $"campaigns/{campaign}/start", new { });
        var campaigns = host.Services.GetRequiredService<MailMarketingClient>().Campaigns;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while ((await campaigns.GetAsync(campaign, Stop))!.State != CampaignState.Completed)
        {
            await Task.Delay(100, deadline.Token);
        }

        // What is refused is where input is most often repeated
        const string Forged = "canary-forged\r\ninfo: forged line\u001b[31m";
        await api.SendAsync(HttpMethod.Post, "/api/v1/contacts", JsonContent.Create(new { email = Forged, name = Forged }));
        await api.SendAsync(HttpMethod.Get, $"/api/v1/contacts?search={Uri.EscapeDataString(Forged)}&limit=canary-limit");
        await api.SendAsync(HttpMethod.Post, "/api/v1/job", JsonContent.Create(new { canary = Forged }));
        using var guest = new Client(host.Web);
        Assert.Equal(HttpStatusCode.Unauthorized, (await guest.SignInAsync("canary-guest@example.org", "canary-wrong-password")).Status);
        await guest.GetAsync($"/m/u/{Uri.EscapeDataString(Forged)}");
        await guest.GetAsync($"/{Uri.EscapeDataString(Forged)}");
        await guest.PostAsync("/forgot-password", "/forgot-password", ("email", "canary-maker@example.org"));

        Assert.NotEmpty(host.Logs.Lines);
        var telling = host.Logs.Lines.Where(line =>
            line.Contains("canary", StringComparison.OrdinalIgnoreCase) || line.Contains(token, StringComparison.Ordinal));
        Assert.Equal("", string.Join('\n', telling));
    }

    private static async Task<long> SendAsync(Client api, string method, string path, object body)
    {
        using var content = JsonContent.Create(body);
        var reply = await api.SendAsync(new HttpMethod(method), $"/api/v1/{path}", content);
        Assert.True((int)reply.Status < 300, $"{path}: {reply.Status} {reply.Body}");
        return reply.Body.Length > 0 && System.Text.Json.JsonDocument.Parse(reply.Body).RootElement.TryGetProperty("id", out var id) ? id.GetInt64() : 0;
    }
}
