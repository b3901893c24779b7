using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ReferenceHost.Tests.MockGateway;

/// <summary>Posts mails by hand.</summary>
internal static class Client
{
    public static readonly HttpClient Http = new();

    public static async Task<(int Status, JsonElement Body)> PostAsync(
        Uri address, string body, string? key = null, string? signIn = null, HttpClient? http = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (signIn is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(signIn)));
        }

        using var response = await (http ?? Http).SendAsync(request, TestContext.Current.CancellationToken);
        var json = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonDocument.Parse(json).RootElement);
    }

    public static string Mail(string subject = "Hello", string html = "<p>Hello</p>") => JsonSerializer.Serialize(new
    {
        from = new { name = "Shop", email = "shop@example.com" },
        to = new { name = "Ada", email = "ada@example.com" },
        subject,
        text = "Hello",
        html,
        headers = new Dictionary<string, string> { ["X-Tag"] = "1" },
    });

    public static string? Text(this JsonElement json, string member) => json.GetProperty(member).GetString();
}
