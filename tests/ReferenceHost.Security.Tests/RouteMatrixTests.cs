using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticAssets;
using ReferenceHost.People;
using ReferenceHost.Tokens;

namespace ReferenceHost.Security.Tests;

/// <summary>Every route for everybody, against the table in <see cref="RouteTable"/>.</summary>
[Trait("Fault", "S-01 S-32")]
public sealed partial class RouteMatrixTests(SafeHost host) : IClassFixture<SafeHost>
{
    [Fact]
    public void Every_route_has_a_row()
    {
        var unknown = Routes(host).Select(route => route.Key).Except(RouteTable.Rows.Keys).Order().ToList();
        Assert.True(unknown.Count == 0, $"Say in RouteTable who may use:\n{string.Join('\n', unknown)}");
        Assert.Equal([], RouteTable.Rows.Keys.Except(Routes(host).Select(route => route.Key)));
    }

    [Fact]
    public async Task Everybody_may_what_the_table_says()
    {
        var wrong = new List<string>();
        foreach (var (who, client) in await EverybodyAsync())
        {
            using (client)
            {
                foreach (var (key, method, path) in Routes(host))
                {
                    var reply = await client.SendAsync(new HttpMethod(method), path, null, ("Origin", client.Origin));
                    var expected = RouteTable.IsAllowed(RouteTable.Rows[key], who);
                    var isRefused = reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || reply.LeadsToSignIn;
                    if (isRefused == expected || (int)reply.Status >= 500 && reply.Status != HttpStatusCode.ServiceUnavailable)
                    {
                        wrong.Add($"{who}: {key} answered {(int)reply.Status}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private async Task<List<(Who, Client)>> EverybodyAsync()
    {
        var administrator = await host.AddAsync("maker@example.org", PersonRole.Administrator);
        var tokens = host.Services.GetRequiredService<ApiTokens>();
        var everybody = new List<(Who, Client)> { (Who.Nobody, new Client(host.Web)) };
        foreach (var role in Enum.GetValues<PersonRole>())
        {
            everybody.Add((Enum.Parse<Who>(role.ToString()), await host.SignedInAsync(role)));
            var token = await tokens.AddAsync("matrix", role, TimeSpan.FromDays(1), administrator.Id, TestContext.Current.CancellationToken);
            everybody.Add((Enum.Parse<Who>($"{role}Token"), new Client(host.Web) { Bearer = token }));
        }

        return everybody;
    }

    internal static List<(string Key, string Method, string Path)> Routes(SafeHost host, string id = "999999") =>
    [
        .. host.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => (Pattern: "/" + endpoint.RoutePattern.RawText!.Trim('/'), Method: method)))
            .Select(route => ($"{route.Method} {route.Pattern}", route.Method, Parameter().Replace(route.Pattern, id)))
            .Distinct(),
    ];

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
