using System.Text;
using MailMarketing.Gateway.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Gateway.Http.Tests;

public sealed class TimeOutTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_gateway_that_never_answers_leaves_an_ambiguous_message()
    {
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadRequestAsync(socket, stop);
            _time.Advance(TimeSpan.FromSeconds(10));
            await socket.ReceiveAsync(new byte[1], stop);
        });
        await using var gateway = new GatewayUnderTest(server.Address, time: _time);

        var result = await gateway.SendAsync();

        Assert.Equal(GatewayOutcome.Ambiguous, result.Outcome);
        Assert.Contains("within 10 s", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_sent_nothing()
    {
        await using var server = new RawServer(async (socket, stop) =>
        {
            while (await socket.ReceiveAsync(new byte[1024], stop) > 0)
            {
                _time.Advance(_deadline);
            }
        });
        await using var gateway = new GatewayUnderTest(
            new UriBuilder(server.Address) { Scheme = "https" }.Uri, options => options.Timeout = _deadline, _time);
        Assert.Equal(GatewayOutcome.NotSent, (await gateway.SendAsync()).Outcome);
    }

    [Fact]
    public async Task Headers_that_drip_end_by_the_time_out()
    {
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadRequestAsync(socket, stop);
            await socket.SendAsync("HTTP/1.1 202 Acc"u8.ToArray(), stop);
            _time.Advance(TimeSpan.FromSeconds(10));
            await socket.ReceiveAsync(new byte[1], stop);
        });
        await using var gateway = new GatewayUnderTest(server.Address, time: _time);
        Assert.Equal(GatewayOutcome.Ambiguous, (await gateway.SendAsync()).Outcome);
    }

    [Fact]
    public async Task A_status_counts_though_its_body_never_ends()
    {
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadRequestAsync(socket, stop);
            await socket.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 202 Accepted\r\nContent-Length: 50\r\n\r\n{"), stop);
            await socket.ReceiveAsync(new byte[1], stop);
        });
        await using var gateway = new GatewayUnderTest(server.Address, options => options.Timeout = TimeSpan.FromSeconds(3));
        Assert.Equal(GatewayResult.Accepted(null), await gateway.SendAsync());
    }

    [Fact]
    public async Task Waiting_for_a_connection_does_not_count()
    {
        // Ten messages one after the other take three times the time-out of each.
        await using var server = await KestrelServer.StartAsync(context =>
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        });
        await using var gateway = new GatewayUnderTest(server.Address, options => options.MaxConnections = 1, _time);

        var results = await gateway.Gateway.SendAsync(
            [.. Enumerable.Range(0, 10).Select(number => GatewayUnderTest.Message($"k{number}"))], null, TestContext.Current.CancellationToken);

        Assert.All(results, result => Assert.Equal(GatewayOutcome.Accepted, result.Outcome));
    }

    [Fact]
    public async Task A_batch_runs_side_by_side_up_to_the_number_of_connections_and_answers_in_order()
    {
        var (now, most) = (0, 0);
        var full = new TaskCompletionSource();
        await using var server = await KestrelServer.StartAsync(async context =>
        {
            var here = Interlocked.Increment(ref now);
            InterlockedMax(ref most, here);
            if (here == 4)
            {
                full.TrySetResult();
            }

            await full.Task.WaitAsync(_deadline);
            Interlocked.Decrement(ref now);
            context.Response.StatusCode = 202;
            await context.Response.WriteAsync($$"""{"message_id":"for-{{context.Request.Headers["Idempotency-Key"]}}"}""");
        });
        await using var gateway = new GatewayUnderTest(server.Address, options => options.MaxConnections = 4);
        var messages = Enumerable.Range(0, 128).Select(number => GatewayUnderTest.Message($"k{number}")).ToList();

        var results = await gateway.Gateway.SendAsync(messages, null, TestContext.Current.CancellationToken);

        Assert.Equal(messages.Select(message => $"for-{message.IdempotencyKey}"), results.Select(result => result.MessageId));
        Assert.Equal(4, most);
    }

    [Fact]
    public async Task One_lane_that_hangs_does_not_slow_another()
    {
        await using var hanging = new RawServer(async (socket, stop) => await socket.ReceiveAsync(new byte[1], stop));
        await using var good = await KestrelServer.StartAsync(202, "{}");
        await using var first = new GatewayUnderTest(hanging.Address, options => options.Timeout = _deadline);
        await using var second = new GatewayUnderTest(good.Address);
        using var stop = new CancellationTokenSource();
        var stuck = first.Gateway.SendAsync([GatewayUnderTest.Message()], null, stop.Token);

        Assert.Equal(GatewayOutcome.Accepted, (await second.SendAsync()).Outcome);

        await stop.CancelAsync();
        await stuck;
    }

    [Fact]
    public async Task A_stop_tells_apart_what_waited_and_what_was_on_the_wire()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new RawServer(async (socket, token) =>
        {
            await RawServer.ReadRequestAsync(socket, token);
            await stop.CancelAsync();
            await socket.ReceiveAsync(new byte[1], token);
        });
        await using var gateway = new GatewayUnderTest(server.Address, options => options.MaxConnections = 1);

        var results = await gateway.Gateway.SendAsync([GatewayUnderTest.Message(), GatewayUnderTest.Message("k2")], null, stop.Token);

        Assert.Equal([GatewayOutcome.Ambiguous, GatewayOutcome.NotSent], results.Select(result => result.Outcome));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
