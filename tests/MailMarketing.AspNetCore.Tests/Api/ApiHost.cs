using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MailMarketing.AspNetCore.Tests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(ApiHost))]

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>An app with all of MailMarketing on a real server of this machine: only the gateway is the test's own.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    private const string Root = "/api/v1";

    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing").FullName;
    private readonly HttpClient _client = new();
    private WebApplication? _app;
    private int _names;

    public Uri Address => new(_app!.Urls.Single());

    internal RecordingGateway Gateway => (RecordingGateway)_app!.Services.GetRequiredKeyedService<IEmailGateway>("bulk");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A host of its own for a test that changes what all tests share.</summary>
    internal static async Task<ApiHost> StartAsync()
    {
        var host = new ApiHost();
        await host.BuildAsync();
        return host;
    }

    public async ValueTask InitializeAsync()
    {
        await BuildAsync();
        (await PatchAsync("/settings", """
            {"auth": {"user": "u", "password": "p"}, "email_from": {"name": "News", "email": "news@example.org"}}
            """)).Succeeded();
        (await PatchAsync("/settings", """{"auth": {"user": "u", "password": "p"}, "lane": "slow"}""")).Succeeded();

        // The engine looks for new credentials once a second; until then the settings show its lanes as closed
        await UntilAsync("/settings", settings => settings.GetProperty("lanes").EnumerateArray().All(IsOpen));

        static bool IsOpen(JsonElement lane) => lane.GetProperty("state").GetString() == "open";
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app!.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A name that no other test has.</summary>
    public string NewName(string kind) => $"{kind} {Interlocked.Increment(ref _names)}";

    /// <summary>An address that no other test has.</summary>
    public string NewEmail(string local = "person") => $"{local}{Interlocked.Increment(ref _names)}@example.org";

    internal Task<Answer> GetAsync(string path) => SendJsonAsync(HttpMethod.Get, path, null);

    internal Task<Answer> DeleteAsync(string path) => SendJsonAsync(HttpMethod.Delete, path, null);

    internal Task<Answer> PostAsync(string path, string? json = null) => SendJsonAsync(HttpMethod.Post, path, json);

    internal Task<Answer> PutAsync(string path, string json) => SendJsonAsync(HttpMethod.Put, path, json);

    internal Task<Answer> PatchAsync(string path, string json) => SendJsonAsync(HttpMethod.Patch, path, json);

    internal Task<Answer> CallAsync(string method, string path, byte[] body, string? type = "application/json") =>
        SendAsync(new HttpMethod(method), Root + path, Content(body, type));

    internal Task<Answer> ImportAsync(string csv, long? segmentId = null) => ImportAsync(Encoding.UTF8.GetBytes(csv), segmentId);

    internal Task<Answer> ImportAsync(byte[] csv, long? segmentId = null) =>
        CallAsync("POST", "/contacts/import" + (segmentId is null ? "" : $"?segmentId={segmentId}"), csv, "text/csv");

    internal async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content, IEnumerable<(string Name, string Value)>? headers = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request, Stop);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(Stop),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers);
    }

    internal async Task<long> AddContactAsync(string email) =>
        (await PostAsync("/contacts", $$"""{"email": "{{email}}"}""")).Succeeded(HttpStatusCode.Created).Id;

    /// <summary>Adds a segment of new contacts with these addresses.</summary>
    internal async Task<long> AddSegmentAsync(params string[] emails)
    {
        var id = (await PostAsync("/segments", $$"""{"name": "{{NewName("Segment")}}"}""")).Succeeded(HttpStatusCode.Created).Id;
        if (emails.Length > 0)
        {
            var import = (await ImportAsync("email\n" + string.Join('\n', emails), id)).Succeeded(HttpStatusCode.Accepted);
            Assert.Equal(emails.Length, import.Json.GetProperty("rows").GetInt32());
        }

        return id;
    }

    internal async Task<long> AddTemplateAsync(string text = "Hello {{ email }} {{ unsubscribe_url }}") =>
        (await PostAsync("/templates", $$"""{"name": "{{NewName("Template")}}", "subject": "Hi", "text": "{{text}}"}"""))
            .Succeeded(HttpStatusCode.Created).Id;

    internal async Task<long> AddCampaignAsync(long templateId, long segmentId, string lane = "bulk") =>
        (await PostAsync("/campaigns", $$"""
            {"name": "{{NewName("Campaign")}}", "templateId": {{templateId}}, "segmentIds": [{{segmentId}}], "lane": "{{lane}}"}
            """)).Succeeded(HttpStatusCode.Created).Id;

    /// <summary>Sends a campaign to these people and waits until all of it is done.</summary>
    internal async Task<Answer> CampaignToAsync(long segmentId)
    {
        var campaign = await AddCampaignAsync(await AddTemplateAsync(), segmentId);
        (await PostAsync($"/campaigns/{campaign}/start")).Succeeded(HttpStatusCode.Accepted);
        return await UntilAsync(campaign, "completed");
    }

    /// <summary>Asks for a campaign until it is in a state.</summary>
    internal Task<Answer> UntilAsync(long campaign, string state) =>
        UntilAsync($"/campaigns/{campaign}", shown => shown.GetProperty("state").GetString() == state);

    /// <summary>Everything that is stored, as the API tells it.</summary>
    internal async Task<string> SnapshotAsync()
    {
        string[] lists = ["/contacts", "/suppressions", "/segments", "/templates", "/campaigns"];
        var all = new StringBuilder((await GetAsync("/settings")).Succeeded().Body);
        foreach (var list in lists)
        {
            all.AppendLine((await GetAsync($"{list}?limit=1000")).Succeeded().Body);
        }

        return all.ToString();
    }

    /// <summary>Puts something in the place of the database that is none.</summary>
    internal void BreakStorage()
    {
        var file = Path.Combine(_folder, "mail.db");
        File.Delete(file);
        Directory.CreateDirectory(file);
    }

    /// <summary>Asks again and again until the answer is the one hoped for; fails after 30 s.</summary>
    internal async Task<Answer> UntilAsync(string path, Func<JsonElement, bool> condition)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (; ; )
        {
            var answer = (await GetAsync(path)).Succeeded();
            if (condition(answer.Json))
            {
                return answer;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30),
                $"Not what was expected within 30 s: {answer.Body}");
            await Task.Delay(20, Stop);
        }
    }

    private static ByteArrayContent Content(byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private Task<Answer> SendJsonAsync(HttpMethod method, string path, string? json) =>
        SendAsync(method, Root + path, json is null ? null : Content(Encoding.UTF8.GetBytes(json), "application/json"));

    private async Task BuildAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(_folder, "keys")));
        builder.Services.AddSingleton<IDomainRecords, NoDomainRecords>();
        builder.Services.AddMailMarketing(options => options.PublicUrl = new Uri("https://mail.example.org"))
            .UseSqlite($"Data Source={Path.Combine(_folder, "mail.db")};Pooling=False")
            .UseScriban()
            .AddTemplate("Welcome", new() { Subject = "Welcome {{ name }}", Text = "Hello {{ email }} {{ unsubscribe_url }}" })
            .AddGateway<RecordingGateway>("bulk", options => options.SupportsAttachments = true)
            .AddGateway<RecordingGateway>("slow", options => options.PerSecond = 0.01);
        builder.Services.AddOpenApi();
        builder.Services.AddProblemDetails();
        _app = builder.Build();
        _app.UseStatusCodePages();
        _app.MapMailMarketingApi().AllowAnonymous();
        _app.MapMailMarketingPublic();
        _app.MapOpenApi("/openapi/{documentName}.json");
        await _app.StartAsync(Stop);
    }
}
