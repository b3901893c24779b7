using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using MailMarketing.Gateway.Http.Tests.Servers;

namespace MailMarketing.Gateway.Http.Tests;

public sealed class BrokenConnectionTests
{
    private const string Accepted = "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n";

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Dispose();
        await using var gateway = new GatewayUnderTest(new Uri($"http://127.0.0.1:{port}/"));

        var result = await gateway.SendAsync();

        Assert.Equal(GatewayOutcome.NotSent, result.Outcome);
        Assert.Contains("refused", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_sent_nothing()
    {
        // A label longer than 63 fits into no question to a name server, so nobody is asked.
        await using var gateway = new GatewayUnderTest(
            new Uri($"http://{new string('a', 64)}.invalid/"), options => options.Timeout = TimeSpan.FromMinutes(1));
        Assert.Equal(GatewayOutcome.NotSent, (await gateway.SendAsync()).Outcome);
    }

    [Fact]
    public async Task A_handshake_that_fails_sent_nothing()
    {
        await using var server = new RawServer(async (socket, stop) =>
        {
            await socket.ReceiveAsync(new byte[1024], stop);
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), stop);
        });
        await using var gateway = new GatewayUnderTest(new UriBuilder(server.Address) { Scheme = "https" }.Uri);

        var result = await gateway.SendAsync();

        Assert.Equal(GatewayOutcome.NotSent, result.Outcome);
        Assert.Contains("TLS", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_sent_nothing()
    {
        using var certificate = SelfSigned.Create();
        var received = 0;
        await using var server = new RawServer(async (socket, stop) =>
        {
            await using var tls = new SslStream(new NetworkStream(socket));
            try
            {
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop);
                received = await tls.ReadAsync(new byte[1024], stop);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client hangs up, as it should.
            }
        });
        await using var gateway = new GatewayUnderTest(new UriBuilder(server.Address) { Scheme = "https", Host = "localhost" }.Uri);

        var result = await gateway.SendAsync();

        Assert.Equal(GatewayOutcome.NotSent, result.Outcome);
        Assert.Equal(0, received);
    }

    [Fact]
    public async Task A_message_that_memory_is_too_little_for_does_not_leave_and_its_neighbours_do()
    {
        await using var server = await KestrelServer.StartAsync(202, "{}");
        await using var gateway = new GatewayUnderTest(server.Address);
        var large = GatewayUnderTest.Message("b") with { Headers = new Costly() };

        var results = await gateway.Gateway.SendAsync(
            [GatewayUnderTest.Message("a"), large, GatewayUnderTest.Message("c")], null, TestContext.Current.CancellationToken);

        Assert.Equal([GatewayOutcome.Accepted, GatewayOutcome.NotSent, GatewayOutcome.Accepted], results.Select(result => result.Outcome));
    }

    [Fact]
    public async Task A_reset_after_the_body_is_ambiguous_and_happens_once()
    {
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadRequestAsync(socket, stop);
            RawServer.Reset(socket);
        });
        await using var gateway = new GatewayUnderTest(server.Address);

        Assert.Equal(GatewayOutcome.Ambiguous, (await gateway.SendAsync()).Outcome);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_reset_during_the_body_is_ambiguous()
    {
        await using var server = new RawServer(async (socket, stop) =>
        {
            await socket.ReceiveAsync(new byte[512], stop);
            RawServer.Reset(socket);
        });
        await using var gateway = new GatewayUnderTest(server.Address);
        var large = GatewayUnderTest.Message() with { Content = new RenderedEmail("s", new string('h', 400_000), null) };

        Assert.Equal(GatewayOutcome.Ambiguous, (await gateway.SendAsync(large)).Outcome);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_reset_at_once_is_never_taken_for_an_answer()
    {
        await using var server = new RawServer((socket, _) =>
        {
            RawServer.Reset(socket);
            return Task.CompletedTask;
        });
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.True((await gateway.SendAsync()).Outcome is GatewayOutcome.Ambiguous or GatewayOutcome.NotSent);
    }

    [Fact]
    public async Task A_kept_connection_that_breaks_under_the_second_message_is_not_tried_again_in_secret()
    {
        var bodies = 0;
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadRequestAsync(socket, stop);
            Interlocked.Increment(ref bodies);
            await socket.SendAsync(Encoding.ASCII.GetBytes(Accepted + "Content-Length: 2\r\n\r\n{}"), stop);
            await RawServer.ReadRequestAsync(socket, stop);
            Interlocked.Increment(ref bodies);
            RawServer.Reset(socket);
        });
        await using var gateway = new GatewayUnderTest(server.Address, options => options.MaxConnections = 1);

        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync()).Outcome);
        Assert.Equal(GatewayOutcome.Ambiguous, (await gateway.SendAsync(GatewayUnderTest.Message("k2"))).Outcome);
        Assert.Equal(2, bodies);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 2")]
    [InlineData("")]
    [InlineData("garbage\r\n\r\n")]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Le")]
    public async Task An_answer_cut_before_its_end_of_headers_is_ambiguous(string answer)
    {
        await using var server = RawServer.Answering(answer);
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.Equal(GatewayOutcome.Ambiguous, (await gateway.SendAsync()).Outcome);
    }

    [Theory]
    [InlineData("Content-Length: 22\r\n\r\n{\"message_id\":\"m-1")]
    [InlineData("Content-Length: 500\r\n\r\n{\"message_id\":\"m-1\"}")]
    [InlineData("Content-Length: 10\r\n\r\n{\"message_id\":\"m-1\"}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n14\r\n{\"message_id\":\"m-1\"}\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public async Task A_2xx_whose_body_is_cut_is_accepted_without_an_id(string rest)
    {
        await using var server = RawServer.Answering(Accepted + rest);
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.Equal(GatewayResult.Accepted(null), await gateway.SendAsync());
    }

    [Fact]
    public async Task A_5xx_whose_body_is_cut_is_still_not_accepted()
    {
        await using var server = RawServer.Answering("HTTP/1.1 500 Oops\r\nContent-Length: 500\r\n\r\n{");
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.Equal(GatewayOutcome.Deferred, (await gateway.SendAsync()).Outcome);
    }

    [Fact]
    public async Task Of_a_huge_answer_only_the_start_is_read()
    {
        var sent = 0L;
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadRequestAsync(socket, stop);
            await socket.SendAsync(Encoding.ASCII.GetBytes(Accepted + "Content-Length: 104857600\r\n\r\n"), stop);
            for (var part = new byte[65_536]; sent < 104_857_600; sent += part.Length)
            {
                await socket.SendAsync(part, stop);
            }
        });
        await using (var gateway = new GatewayUnderTest(server.Address))
        {
            Assert.Equal(GatewayResult.Accepted(null), await gateway.SendAsync());
        }

        // What is on its way when the reader hangs up sits in the sockets' buffers.
        Assert.InRange(sent, 0, 50_000_000);
    }

    [Fact]
    public async Task A_compressed_answer_is_not_unpacked()
    {
        await using var server = await KestrelServer.StartAsync(202, """{"message_id":"m-1"}""", ("Content-Encoding", "gzip"));
        await using var gateway = new GatewayUnderTest(server.Address);
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync()).Outcome);
    }

    /// <summary>Can be looked at, but is too much to be written.</summary>
    private sealed class Costly : Dictionary<string, string>, IEnumerable<KeyValuePair<string, string>>
    {
        private int _times;

        IEnumerator<KeyValuePair<string, string>> IEnumerable<KeyValuePair<string, string>>.GetEnumerator() =>
            ++_times == 1 ? base.GetEnumerator() : throw new InsufficientMemoryException();
    }
}
