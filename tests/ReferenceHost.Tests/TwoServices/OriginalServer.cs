using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ReferenceHost.Tests.TwoServices;

/// <summary>Stands in for a service that speaks only the form that the protocol grew from, and keeps what it was posted.</summary>
internal sealed class OriginalServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OriginalServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public ConcurrentQueue<JsonObject> Posted { get; } = new();

    /// <summary>An email client: knows three members of a batch, and settings without credentials.</summary>
    public static Task<OriginalServer> EmailClientAsync() => StartAsync((app, server) =>
    {
        app.MapGet("/api/v1/settings", () => Results.Json(new { headers = new { }, from = new { name = "Shop", email = "shop@example.org" } }));
        app.MapPost("/api/v1/email", async (HttpRequest request) =>
        {
            var body = (await JsonSerializer.DeserializeAsync<JsonObject>(request.Body))!;
            if (!body.Select(member => member.Key).Order().SequenceEqual(["jobs", "subject", "template"]))
            {
                return Results.Json(new { error = "Extra inputs are not permitted." }, statusCode: 400);
            }

            server.Posted.Enqueue(body);
            return Results.StatusCode(202);
        });
    });

    /// <summary>A web: takes the five lists of a report, whose entries have an id and a message id and nothing else.</summary>
    public static Task<OriginalServer> WebAsync() => StartAsync((app, server) => app.MapPost("/api/v1/job", async (HttpRequest request) =>
    {
        var body = (await JsonSerializer.DeserializeAsync<JsonObject>(request.Body))!;
        string[] lists = ["success", "failure", "auth_failure", "retry", "pending"];
        var isOriginal = body.All(list => lists.Contains(list.Key) && list.Value!.AsArray().All(
            entry => entry!.AsObject().Select(member => member.Key).Order().SequenceEqual(["id", "message_id"])));
        if (isOriginal)
        {
            server.Posted.Enqueue(body);
        }

        return isOriginal ? Results.StatusCode(200) : Results.StatusCode(500);
    }));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task<OriginalServer> StartAsync(Action<WebApplication, OriginalServer> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new OriginalServer(app);
        map(app, server);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
