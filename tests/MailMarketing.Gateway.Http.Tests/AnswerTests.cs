using MailMarketing.Gateway.Http.Tests.Servers;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Gateway.Http.Tests;

public sealed class AnswerTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(200, "{}", GatewayOutcome.Accepted)]
    [InlineData(202, """{"message_id":"m-1"}""", GatewayOutcome.Accepted)]
    [InlineData(400, """{"error":"bad address"}""", GatewayOutcome.Rejected)]
    [InlineData(413, "", GatewayOutcome.Rejected)]
    [InlineData(422, """{"error":"no"}""", GatewayOutcome.Rejected)]
    [InlineData(401, "", GatewayOutcome.Unauthorized)]
    [InlineData(403, "{}", GatewayOutcome.Unauthorized)]
    [InlineData(409, """{"error":"in progress"}""", GatewayOutcome.InProgress)]
    [InlineData(409, "no json", GatewayOutcome.InProgress)]
    [InlineData(409, """{"error":"idempotency_key_mismatch"}""", GatewayOutcome.KeyConflict)]
    [InlineData(422, """{"error":"idempotency_key_mismatch","detail":"x"}""", GatewayOutcome.KeyConflict)]
    [InlineData(400, """{"error":"idempotency_key_mismatch"}""", GatewayOutcome.Rejected)]
    [InlineData(404, "", GatewayOutcome.Deferred)]
    [InlineData(408, "", GatewayOutcome.Deferred)]
    [InlineData(418, "", GatewayOutcome.Deferred)]
    [InlineData(500, "oops", GatewayOutcome.Deferred)]
    [InlineData(502, "", GatewayOutcome.Deferred)]
    [InlineData(503, "", GatewayOutcome.Deferred)]
    [InlineData(429, "", GatewayOutcome.Throttled)]
    public async Task Each_status_has_its_outcome(int status, string body, GatewayOutcome outcome)
    {
        await using var server = await KestrelServer.StartAsync(status, body);
        await using var gateway = new GatewayUnderTest(server.Address);

        var result = await gateway.SendAsync();

        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == GatewayOutcome.Accepted, result.Reason is null);
        Assert.Null(result.RetryAfter);
    }

    [Fact]
    public async Task A_header_can_tell_a_key_conflict_too()
    {
        await using var server = await KestrelServer.StartAsync(409, "", ("Idempotency-Error", "idempotency_key_mismatch"));
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.Equal(GatewayOutcome.KeyConflict, (await gateway.SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("""{"message_id":"m-1","more":[1]}""", "m-1")]
    [InlineData("{}", null)]
    [InlineData("""{"message_id":7}""", null)]
    [InlineData("""{"message_id":""}""", null)]
    [InlineData("""{"message_id":"a\nb"}""", null)]
    [InlineData("""{"message_id":"\ud800"}""", null)]
    [InlineData("""{"message_id":"m-1" """, null)]
    [InlineData("""["m-1"]""", null)]
    [InlineData("<html>", null)]
    public async Task An_accepted_message_has_an_id_only_where_it_can_be_read(string body, string? id)
    {
        await using var server = await KestrelServer.StartAsync(202, body);
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.Equal(GatewayResult.Accepted(id), await gateway.SendAsync());
    }

    [Fact]
    public async Task An_id_of_256_characters_is_too_long()
    {
        await using var server = await KestrelServer.StartAsync(202, $$"""{"message_id":"{{new string('m', 256)}}"}""");
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.Equal(GatewayResult.Accepted(null), await gateway.SendAsync());
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("0", 1)]
    [InlineData("3600", 3600)]
    [InlineData("999999", 3600)]
    [InlineData("99999999999999999999", 3600)]
    [InlineData("Sun, 01 Mar 2026 12:01:30 GMT", 90)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 1)]
    [InlineData("Wed, 03 Mar 2027 11:00:00 GMT", 3600)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("", null)]
    public async Task Retry_After_is_read_in_both_forms_and_kept_within_reason(string header, int? seconds)
    {
        TimeSpan? wait = seconds is { } some ? TimeSpan.FromSeconds(some) : null;
        foreach (var status in new[] { 429, 503 })
        {
            await using var server = await KestrelServer.StartAsync(status, "", ("Retry-After", header));
            await using var gateway = new GatewayUnderTest(server.Address, time: new FakeTimeProvider(_now));

            var result = await gateway.SendAsync();

            Assert.Equal(wait, result.RetryAfter);
            Assert.Equal(status == 429 || wait is not null ? GatewayOutcome.Throttled : GatewayOutcome.Deferred, result.Outcome);
        }
    }

    [Fact]
    public async Task The_reason_is_the_gateways_own_on_one_short_line()
    {
        await using var server = await KestrelServer.StartAsync(400, $$"""{"error":"no\r\nsuch {{new string('x', 1000)}}"}""");
        await using var gateway = new GatewayUnderTest(server.Address);

        var result = await gateway.SendAsync();

        Assert.StartsWith("The gateway answered 400: no  such xxx", result.Reason, StringComparison.Ordinal);
        Assert.InRange(result.Reason!.Length, 300, 500);
    }

    [Theory]
    [InlineData(301, "http://127.0.0.1:1/")]
    [InlineData(302, "file:///etc/passwd")]
    [InlineData(307, "self")]
    [InlineData(308, "self")]
    public async Task Redirects_are_not_followed(int status, string location)
    {
        var requests = 0;
        await using var server = await KestrelServer.StartAsync(context =>
        {
            Interlocked.Increment(ref requests);
            context.Response.StatusCode = status;
            context.Response.Headers.Location = location == "self" ? "/elsewhere" : location;
            return Task.CompletedTask;
        });
        await using var gateway = new GatewayUnderTest(server.Address);

        var result = await gateway.SendAsync(credentials: new GatewayCredentials("user", "secret"));

        Assert.Equal(GatewayOutcome.Deferred, result.Outcome);
        Assert.Contains("redirect", result.Reason, StringComparison.Ordinal);
        Assert.Equal(1, requests);
    }
}
