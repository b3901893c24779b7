using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using System.Web;

namespace ReferenceHost.Security.Tests;

/// <summary>A browser as far as signing in goes: keeps secure cookies on this machine, fills forms, and tells where a request comes from.</summary>
internal sealed partial class Client(Uri web) : IDisposable
{
    private readonly HttpClient _http = new(Handler()) { BaseAddress = web };
    private static int _clients;

    public Dictionary<string, string> Cookies { get; } = [];

    public string? Bearer { get; init; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        if (Bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Bearer);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var answer = await _http.SendAsync(request, Stop);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
            Cookies[name] = value;
        }

        return new Reply(answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop), answer.Headers, answer.Headers.Location?.OriginalString);
    }

    /// <summary>Fills the form of a page, as the page's own button would send it.</summary>
    public async Task<Reply> PostAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var token = TokenOf(await GetAsync(page));
        return await PostAsync(action, [.. fields, ("__RequestVerificationToken", token)], ("Origin", Origin), ("Sec-Fetch-Site", "same-origin"));
    }

    public async Task<Reply> PostAsync(string action, (string Name, string Value)[] fields, params (string Name, string Value)[] headers)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(HttpMethod.Post, action, form, headers);
    }

    public Task<Reply> SignInAsync(string email, string password, string returnUrl = "/") =>
        PostAsync("/sign-in", "/sign-in", ("email", email), ("password", password), ("returnUrl", returnUrl));

    /// <summary>Begins to set a second factor up; gives the key for an authenticator app.</summary>
    public async Task<string> AuthenticatorKeyAsync() =>
        Key().Match((await PostAsync("/account", "/account/two-factor/set-up")).Body).Groups[1].Value;

    public string Origin => web.GetLeftPart(UriPartial.Authority);

    public static string TokenOf(Reply page)
    {
        var found = Field().Match(page.Body);
        Assert.True(found.Success, $"{page.Status}: {page.Body}");
        return found.Groups[1].Value;
    }

    public static string Hidden(Reply page, string name) =>
        HttpUtility.HtmlDecode(Regex.Match(page.Body, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value);

    // Each from an address of its own, all of them this machine: what one does wrong slows no other down
    private static SocketsHttpHandler Handler()
    {
        var number = Interlocked.Increment(ref _clients);
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(new IPAddress([127, 1, (byte)(number >> 8), (byte)number]), 0));
                await socket.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }

    [GeneratedRegex("<code>([A-Z2-7]{32})</code>")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Field();

    internal sealed record Reply(HttpStatusCode Status, string Body, HttpResponseHeaders Headers, string? Location)
    {
        public bool LeadsToSignIn => Status == HttpStatusCode.Redirect && Location?.Contains("/sign-in?", StringComparison.Ordinal) == true;
    }
}
