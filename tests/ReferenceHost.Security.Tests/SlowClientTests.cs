using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReferenceHost.Security.Tests;

/// <summary>Clients that begin a request and never end it.</summary>
[Trait("Fault", "S-56")]
public sealed class SlowClientTests(SafeHost host) : IClassFixture<SafeHost>
{
    private const int Many = 500;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Half_open_requests_hold_nobody_up_and_are_cut_off()
    {
        var slow = new List<Socket>();
        try
        {
            for (var n = 0; n < Many; n++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                slow.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, host.Web.Port, Stop);
                await socket.SendAsync("GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: "u8.ToArray(), Stop);
            }

            using var client = new Client(host.Web);
            for (var n = 0; n < 20; n++)
            {
                var answer = client.GetAsync("/sign-in");
                Assert.Same(answer, await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, Stop)));
                Assert.Equal(HttpStatusCode.OK, (await answer).Status);
            }

            var buffer = new byte[512];
            foreach (var socket in slow)
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
                deadline.CancelAfter(TimeSpan.FromSeconds(60));
                var read = await socket.ReceiveAsync(buffer, deadline.Token);
                Assert.True(read == 0 || Encoding.ASCII.GetString(buffer, 0, read).StartsWith("HTTP/1.1 408", StringComparison.Ordinal));
            }
        }
        finally
        {
            slow.ForEach(socket => socket.Dispose());
        }
    }
}
