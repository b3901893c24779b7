using System.Net;
using System.Net.Http.Json;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>Each of the two services beside one that speaks only the form that the protocol grew from.</summary>
public sealed class PairingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = new("Bearer", HostProcess.ApiToken) } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Web_hands_over_to_an_original_email_client()
    {
        await using var emailClient = await OriginalServer.EmailClientAsync();
        var (process, web) = await StartAsync("web", $"EmailClient:Url={emailClient.Address}", "EmailClient:Dialect=original");
        await using var _ = process;
        using var api = new Api(web);
        var braces = new { name = "Plain", subject = "News for {first_name}", text = "Dear {name}", language = "braces" };
        var campaign = await api.DraftAsync(3, braces);
        await api.StartAsync(campaign);
        await Api.UntilAsync(() => Task.FromResult(!emailClient.Posted.IsEmpty));

        var batch = Assert.Single(emailClient.Posted);
        Assert.Equal(("Dear {name}", "News for {first_name}"), (batch["template"]!.GetValue<string>(), batch["subject"]!.GetValue<string>()));
        var jobs = batch["jobs"]!.AsArray();
        Assert.Equal(["p1@example.org", "p2@example.org", "p3@example.org"], jobs.Select(job => job!["email"]!.GetValue<string>()).Order());
        Assert.All(jobs, job => Assert.StartsWith("Person ", job!["name"]!.GetValue<string>(), StringComparison.Ordinal));

        var ids = jobs.Select(job => job!["id"]!.GetValue<long>()).ToList();
        await ReportAsync(web, new { retry = new[] { Entry(ids[0], "") }, failure = new[] { Entry(ids[1], "") } });
        Assert.Equal((1, 1), (await api.CountAsync(campaign, "retry"), await api.CountAsync(campaign, "failure")));
        await ReportAsync(web, new { success = new[] { Entry(ids[0], "m-1"), Entry(ids[2], "m-2") } });
        await api.CompletedAsync(campaign);
        Assert.Equal([null, "m-1", "m-2"], (await api.DeliveriesAsync(campaign)).Select(delivery => delivery.MessageId).Order());
        Assert.Single(emailClient.Posted);
    }

    [Fact]
    public async Task A_template_that_an_original_email_client_cannot_send_does_not_start()
    {
        await using var emailClient = await OriginalServer.EmailClientAsync();
        var (process, web) = await StartAsync("web", $"EmailClient:Url={emailClient.Address}", "EmailClient:Dialect=original");
        await using var _ = process;
        using var api = new Api(web);
        var campaign = await api.DraftAsync(1);
        using var answer = await _http.PostAsync(new Uri(web, $"api/v1/campaigns/{campaign}/start"), null, Token);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("braces", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_email_client_works_for_an_original_web()
    {
        await using var web = await OriginalServer.WebAsync();
        var (gateway, gatewayAddress) = await HostProcess.MockGatewayAsync("Weights=202=3,500=1", "Seed=1");
        await using var _ = gateway;
        var (process, emailClient) = await StartAsync("email-client", $"Web:Url={web.Address}", $"MockGateway:Url={gatewayAddress}");
        await using var __ = process;
        await OkAsync(_http.PatchAsJsonAsync(
            new Uri(emailClient, "api/v1/settings"),
            new { auth = new { user = "u", password = "p" }, email_from = new { name = "Shop", email = "shop@example.org" } }, Token));
        var jobs = Enumerable.Range(1, 200).Select(id => new { id, email = $"p{id}@example.org", name = $"Person {id}", user_id = id });
        await OkAsync(_http.PostAsJsonAsync(
            new Uri(emailClient, "api/v1/email"), new { jobs, template = "Dear {name}, {user_id}", subject = "News" }, Token));

        await Api.UntilAsync(() => Task.FromResult(Ended().Count == 200));
        Assert.Equal(Enumerable.Range(1, 200), Ended().Order());
        Assert.All(
            web.Posted.SelectMany(report => report["success"]?.AsArray() ?? []),
            entry => Assert.NotEmpty(entry!["message_id"]!.GetValue<string>()));

        List<int> Ended() =>
        [
            .. web.Posted.SelectMany(report => new[] { "success", "failure" }.SelectMany(list => report[list]?.AsArray() ?? []))
                .Select(entry => entry!["id"]!.GetValue<int>()),
        ];
    }

    private static object Entry(long id, string messageId) => new { id, message_id = messageId };

    private Task ReportAsync(Uri web, object report) => OkAsync(_http.PostAsJsonAsync(new Uri(web, "api/v1/job"), report, Token));

    private static async Task OkAsync(Task<HttpResponseMessage> call)
    {
        using var response = await call;
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(Token)}");
    }

    private Task<(HostProcess Process, Uri Address)> StartAsync(string role, params string[] settings) => HostProcess.StartAsync(
        role,
        [
            $"{(role == "web" ? "Web" : "EmailClient")}:Url=http://127.0.0.1:{Topology.FreePort()}", $"DataDirectory={_folder}",
            "AllowAnonymousServices=true", "Gateway:Backoff=00:00:00.02", .. settings,
        ]);
}
