using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;

namespace MailMarketing.EndToEnd;

/// <summary>The reference host as it is deployed: web on PostgreSQL and an email client on Redis, spoken to through the API.</summary>
internal sealed class Services : IAsyncDisposable
{
    private const string Sign = " listens on ";

    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _api;
    private long _template;
    private long _segment;

    private Services(Process web, Process client, HttpClient api) => (Processes, _api) = ([client, web], api);

    public IReadOnlyList<Process> Processes { get; }

    public static async Task<Services> StartAsync(string host, string postgres, string redis, Uri gateway, string folder)
    {
        var (web, client, token) = (FreeAddress(), FreeAddress(), Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        string[] common =
        [
            $"--MailMarketing:Web:Url={web}", $"--MailMarketing:EmailClient:Url={client}", "--MailMarketing:AllowPlainHttp=true",
            $"--MailMarketing:DataDirectory={Path.Combine(folder, "services")}", "--MailMarketing:Demo=false",
            $"--MailMarketing:ServiceKey={Convert.ToHexString(RandomNumberGenerator.GetBytes(32))}", $"--MailMarketing:Admin:ApiToken={token}",
            "--MailMarketing:Limits:ApiPerMinute=1000000",
        ];
        var sender = await RunAsync(
            host,
            [
                .. common, "--role", "email-client", "--MailMarketing:EmailClient:Storage=redis", $"--ConnectionStrings:EmailClient={redis}",
                $"--MailMarketing:Gateway:Url={gateway}", $"--MailMarketing:Gateway:MaxConnections={Arguments.Concurrency}",
                "--MailMarketing:Gateway:HonoursIdempotencyKeys=true",
            ]);
        var planner = await RunAsync(
            host, [.. common, "--role", "web", "--MailMarketing:Web:Storage=postgres", $"--ConnectionStrings:Web={postgres}"]);
        var api = new HttpClient { BaseAddress = new Uri($"{web}/api/v1/") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Services(planner, sender, api);
    }

    /// <summary>Imports the audience and stores the newsletter.</summary>
    public async Task PrepareAsync(int people)
    {
        await CallAsync(
            HttpMethod.Patch, "settings",
            new { email_from = new { name = "News", email = "news@example.org" }, auth = new { user = "u", password = "p" } });
        _segment = Id(await CallAsync(HttpMethod.Post, "segments", new { name = "All" }));
        await using (var csv = Audience.Csv(people))
        {
            using var content = new StreamContent(csv);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
            using var answer = await _api.PostAsync($"contacts/import?segmentId={_segment}", content);
            var import = Id(await ReadAsync(answer));
            await UntilAsync($"imports/{import}", "state");
        }

        var source = Audience.Template;
        _template = Id(await CallAsync(
            HttpMethod.Post, "templates", new { name = "News", subject = source.Subject, html = source.Html, language = "scriban" }));
    }

    /// <summary>Sends the newsletter to all, from the start of the campaign to its completion.</summary>
    public async Task SendAsync()
    {
        var campaign = Id(await CallAsync(
            HttpMethod.Post, "campaigns", new { name = "News", templateId = _template, segmentIds = new[] { _segment } }));
        await CallAsync(HttpMethod.Post, $"campaigns/{campaign}/start", null);
        var counts = (await UntilAsync($"campaigns/{campaign}", "state")).GetProperty("counts");
        if (counts.GetProperty("success").GetInt64() != counts.GetProperty("planned").GetInt64())
        {
            throw new InvalidOperationException($"Not everything was sent: {counts}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _api.Dispose();
        foreach (var process in Processes)
        {
            process.Kill();
            process.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://{listener.LocalEndpoint}";
    }

    private static async Task<Process> RunAsync(string host, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [host, .. arguments]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(Sign, StringComparison.Ordinal))
            {
                // Whatever it says from now on must not fill the pipe
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return process;
            }
        }

        process.Kill();
        throw new InvalidOperationException($"{string.Join(' ', arguments)} did not start.");
    }

    private static long Id(JsonElement thing) => thing.GetProperty("id").GetInt64();

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _api.SendAsync(request);
        return await ReadAsync(answer);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}: {text}");
        }

        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private async Task<JsonElement> UntilAsync(string path, string member)
    {
        while (true)
        {
            var thing = await CallAsync(HttpMethod.Get, path, null);
            switch (thing.GetProperty(member).GetString())
            {
                case "completed":
                    return thing;
                case "failed":
                    throw new InvalidOperationException($"{path} failed: {thing}");
            }

            await Task.Delay(_poll, TimeProvider.System);
        }
    }
}
