using System.Net.Http.Headers;
using System.Text.Json;

namespace MailMarketing.EndToEnd;

/// <summary>A request to the gateway as it is written by hand.</summary>
internal static class Message
{
    private static readonly AuthenticationHeaderValue _authorization = new("Basic", Convert.ToBase64String("u:p"u8));

    public static byte[] Body(string email)
    {
        var mail = Newsletter.Compile(Audience.Template).Render(Audience.Reader);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            from = new { name = "News", email = "news@example.org" }, to = new { name = "Ada Lovelace", email }, subject = mail.Subject,
            text = mail.Text ?? "", html = mail.Html, headers = new { },
        });
    }

    public static HttpRequestMessage Request(Uri gateway, byte[] body, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, gateway) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = _authorization;
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }
}
