using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>The app's own policies, or none.</summary>
public sealed class PolicyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policies").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_policy_the_API_is_shut_outside_Development_and_says_how_to_open_it()
    {
        var (status, body) = await AskAsync(Environments.Production, "GET", "/contacts", null, app => app.MapMailMarketingApi());
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains(".RequireAuthorization(", body, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Environments.Development, "GET", "/contacts", null, app => app.MapMailMarketingApi())).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(Environments.Production, "GET", "/contacts", null, app => app.MapMailMarketingApi().AllowAnonymous())).Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await AskAsync(Environments.Production, "GET", "/contacts", "reader", app => app.MapMailMarketingApi().RequireAuthorization("reader"))).Status);
        Assert.Equal(
            HttpStatusCode.OK,
            (await AskAsync(Environments.Production, "GET", "/contacts", "reader", app => app.MapGroup("").RequireAuthorization("reader").MapMailMarketingApi())).Status);
    }

    [Theory]
    [InlineData("GET", "/contacts", "reader")]
    [InlineData("POST", "/templates/1/preview", "reader")]
    [InlineData("GET", "/settings", "reader")]
    [InlineData("POST", "/contacts", "writer")]
    [InlineData("DELETE", "/contacts/1", "writer")]
    [InlineData("POST", "/campaigns/1/start", "writer")]
    [InlineData("PATCH", "/settings", "setter")]
    public async Task Each_call_asks_for_what_it_does(string method, string path, string least)
    {
        string[] roles = ["reader", "writer", "setter"];
        foreach (var role in roles)
        {
            var (status, _) = await AskAsync(Environments.Production, method, path, role, Map);
            Assert.Equal(Array.IndexOf(roles, role) < Array.IndexOf(roles, least), status == HttpStatusCode.Forbidden);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(Environments.Production, method, path, null, Map)).Status);

        static void Map(IEndpointRouteBuilder app) =>
            app.MapMailMarketingApi(policies: new AccessPolicies { Read = "reader", Write = "writer", Settings = "setter" });
    }

    [Fact]
    public void What_is_not_named_asks_for_the_one_before()
    {
        var one = new AccessPolicies { Read = "staff" };
        Assert.Equal(("staff", "staff"), (one.Write, one.Settings));
        Assert.Equal("editors", (one with { Write = "editors" }).Settings);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(
        string environment, string method, string path, string? role, Action<IEndpointRouteBuilder> map)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMailMarketing().UseSqlite($"Data Source={Path.Combine(_folder, "mail.db")};Pooling=False").UseScriban()
            .AddGateway<RecordingGateway>("bulk");
        builder.Services.AddAuthentication("Header").AddScheme<HeaderSignIn.Settings, HeaderSignIn>("Header", null);
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("reader", policy => policy.RequireRole("reader", "writer", "setter"))
            .AddPolicy("writer", policy => policy.RequireRole("writer", "setter"))
            .AddPolicy("setter", policy => policy.RequireRole("setter"));
        await using var app = builder.Build();
        map(app);
        await app.StartAsync(Stop);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{app.Urls.First()}/api/v1{path}");
        if (method is "POST" or "PATCH")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        if (role is not null)
        {
            request.Headers.Add("X-Role", role);
        }

        using var answer = await http.SendAsync(request, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        await app.StopAsync(Stop);
        return (answer.StatusCode, body);
    }
}
