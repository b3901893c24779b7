using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>What web believes of reports; signed here by the words of the protocol alone.</summary>
public sealed class ReportTests : IDisposable
{
    private const string ServiceKey = "a service key of more than 32 characters";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;
    private readonly HttpClient _http = new();
    private int _ids;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Spoofed_replayed_stale_and_foreign_reports_change_nothing()
    {
        await using var emailClient = await OriginalServer.EmailClientAsync();
        var (process, web) = await HostProcess.StartAsync(
            "web", $"Web:Url=http://127.0.0.1:{Topology.FreePort()}", $"DataDirectory={_folder}", $"ServiceKey={ServiceKey}",
            $"EmailClient:Url={emailClient.Address}", "EmailClient:Dialect=original");
        await using var _ = process;
        using var api = new Api(web);
        var campaign = await api.DraftAsync(3, new { name = "Plain", subject = "News", text = "Dear {name}", language = "braces" });
        await api.StartAsync(campaign);
        await Api.UntilAsync(() => Task.FromResult(!emailClient.Posted.IsEmpty));
        var ids = Assert.Single(emailClient.Posted)["jobs"]!.AsArray().Select(job => job!["id"]!.GetValue<long>()).ToList();
        var handedOver = await CountsAsync();

        var lie = Report("success", ids[0], round: 1, attempts: 1);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(web, lie, null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(web, lie, "another key of more than 32 characters")).Status);
        Assert.Equal(handedOver, await CountsAsync());

        var retry = Report("retry", ids[0], round: 1, attempts: 2);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(web, retry, ServiceKey, id: "msg_once")).Status);
        var retried = await CountsAsync();
        Assert.NotEqual(handedOver, retried);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(web, retry, ServiceKey, id: "msg_once")).Status);

        foreach (var stale in new[] { Report("pending", ids[0], round: 1, attempts: 1), Report("success", ids[1], round: 9, attempts: 1) })
        {
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(web, stale, ServiceKey)).Status);
            Assert.Equal(retried, await CountsAsync());
        }

        var (_, answer) = await PostAsync(
            web, $$"""{"success": [{"id": 999999, "message_id": "m"}, {"message_id": "m"}, {{Entries(ids)}}]}""", ServiceKey);
        Assert.Equal(2, JsonElement.Parse(answer).GetProperty("rejected").GetArrayLength());
        await api.CompletedAsync(campaign);
        await PostAsync(web, Report("failure", ids[0], round: 1, attempts: 9), ServiceKey);
        Assert.Equal(3, await api.CountAsync(campaign, "success"));

        async Task<string> CountsAsync() => (await api.CampaignAsync(campaign)).GetProperty("counts").GetRawText();
    }

    private static string Report(string list, long id, int round, int attempts) =>
        JsonSerializer.Serialize(new Dictionary<string, object> { [list] = new[] { new { id, message_id = "m", round, attempts } } });

    private static string Entries(IEnumerable<long> ids) => string.Join(',', ids.Select(id => $$"""{"id": {{id}}, "message_id": "m-{{id}}"}"""));

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(Uri web, string report, string? key, string? id = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(web, "api/v1/job"));
        request.Content = new StringContent(report, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            id ??= $"msg_{++_ids}";
            var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, null, "mailmarketing/v1/to-web"u8.ToArray());
            var signature = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{id}.{timestamp}.POST /api/v1/job.{report}"));
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        }

        using var response = await _http.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
