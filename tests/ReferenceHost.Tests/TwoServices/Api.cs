using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>Works web's management API as a program outside would.</summary>
internal sealed class Api(Uri web) : IDisposable
{
    private static readonly TimeSpan _deadline = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(web, "api/v1/"),
        DefaultRequestHeaders = { Authorization = new("Bearer", HostProcess.ApiToken) },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    public async Task<JsonElement> GetAsync(string path) => await AnswerAsync(await _http.GetAsync(new Uri(path, UriKind.Relative), Token));

    public async Task<JsonElement> PostAsync(string path, object? body = null) =>
        await AnswerAsync(await _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new { }, Token));

    /// <summary>Posts with an idempotency key, or none; gives whatever is answered.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> TryPostAsync(string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await _http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task<JsonElement> UploadAsync(string path, byte[] content, string type)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(type);
        return await AnswerAsync(await _http.PostAsync(new Uri(path, UriKind.Relative), body, Token));
    }

    public async Task<JsonElement> PutAsync(string path, object body) =>
        await AnswerAsync(await _http.PutAsJsonAsync(new Uri(path, UriKind.Relative), body, Token));

    public async Task<JsonElement> PatchAsync(string path, object body) =>
        await AnswerAsync(await _http.PatchAsJsonAsync(new Uri(path, UriKind.Relative), body, Token));

    /// <summary>Whether a page can be had now.</summary>
    public async Task<bool> AnswersAsync(string path)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task SetSenderAsync() => PatchAsync("settings", new
    {
        auth = new { user = "u", password = "p" },
        email_from = new { name = "Shop", email = "shop@example.org" },
    });

    /// <summary>A draft to so many new people, with a template of its own or one that uses everything.</summary>
    public async Task<long> DraftAsync(int people, object? ownTemplate = null)
    {
        var segment = (await PostAsync("segments", new { name = $"{people} people" })).GetProperty("id").GetInt64();
        var csv = new StringBuilder("email,name,firstName,city\n");
        for (var number = 1; number <= people; number++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"p{number}@example.org,Person {number},P{number},Town\n");
        }

        using var body = new StringContent(csv.ToString(), Encoding.UTF8, "text/csv");
        var import = await AnswerAsync(await _http.PostAsync(new Uri($"contacts/import?segmentId={segment}", UriKind.Relative), body, Token));
        await UntilAsync(async () => (await GetAsync($"imports/{import.GetProperty("id")}")).GetProperty("state").GetString() == "completed");

        var template = await PostAsync("templates", ownTemplate ?? new
        {
            name = $"For {people}",
            subject = "News for {{ first_name }}",
            html = "<p>Dear {{ name }} of {{ attributes.city }}</p><p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p>",
            text = "Dear {{ name }}: {{ unsubscribe_url }}",
            language = "scriban",
        });
        var campaign = await PostAsync(
            "campaigns", new { name = "News", templateId = template.GetProperty("id").GetInt64(), segmentIds = new[] { segment } });
        return campaign.GetProperty("id").GetInt64();
    }

    public Task StartAsync(long campaign) => PostAsync($"campaigns/{campaign}/start");

    public Task<JsonElement> CampaignAsync(long campaign) => GetAsync($"campaigns/{campaign}");

    public async Task<int> CountAsync(long campaign, string state) =>
        (await CampaignAsync(campaign)).GetProperty("counts").GetProperty(state).GetInt32();

    /// <summary>Waits until the campaign is completed, or cancelled with nothing on its way; the counts must add up all the while.</summary>
    public async Task<JsonElement> CompletedAsync(long campaign)
    {
        JsonElement now = default;
        await UntilAsync(async () =>
        {
            now = await CampaignAsync(campaign);
            var counts = now.GetProperty("counts");
            string[] states = ["pending", "sending", "retry", "success", "failure", "authFailure", "suppressed", "cancelled", "unknown"];
            Assert.Equal(counts.GetProperty("planned").GetInt32(), states.Sum(state => counts.GetProperty(state).GetInt32()));
            var isCancelled = now.GetProperty("state").GetString() == "cancelled" && states[..3].All(state => counts.GetProperty(state).GetInt32() == 0);
            return isCancelled || now.GetProperty("state").GetString() == "completed";
        }, () => $"The campaign has not ended: {now}");
        return now;
    }

    public async Task<List<Delivery>> DeliveriesAsync(long campaign)
    {
        var all = new List<Delivery>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await GetAsync($"campaigns/{campaign}/deliveries?limit=1000&cursor={Uri.EscapeDataString(cursor)}");
            all.AddRange(page.GetProperty("items").Deserialize<List<Delivery>>(JsonSerializerOptions.Web)!);
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return all;
    }

    /// <summary>Waits until something is true; <paramref name="say"/> tells what is, where it does not come true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isTrue, Func<string>? say = null)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isTrue())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < _deadline, say?.Invoke() ?? $"It was not true within {_deadline}.");
            await Task.Delay(100, Token);
        }
    }

    private static async Task<JsonElement> AnswerAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Token);
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            return response.StatusCode == HttpStatusCode.NoContent ? default : JsonDocument.Parse(text).RootElement;
        }
    }

    /// <summary>A delivery as the API shows it.</summary>
    internal sealed record Delivery(long Id, long? ContactId, string Email, string Status, int Attempts, string? MessageId, string? Error);
}
