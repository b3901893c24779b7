using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailMarketing.Gateway.Http.Tests.Servers;

/// <summary>A server that does to each connection what a well-behaved one never would.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _connections;

    public RawServer(Func<Socket, CancellationToken, Task> treat)
    {
        _listener.Start();
        _accepting = AcceptAsync(treat);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Reads one whole request, answers with these bytes and ends the connection.</summary>
    public static RawServer Answering(string answer) => new(async (socket, stop) =>
    {
        await ReadRequestAsync(socket, stop);
        await socket.SendAsync(Encoding.Latin1.GetBytes(answer), stop);
        socket.Shutdown(SocketShutdown.Send);
    });

    public static async Task<string> ReadRequestAsync(Socket socket, CancellationToken stop)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer, stop);
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var request = text.ToString();
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (end >= 0 && request.Length - end - 4 >= LengthOf(request)))
            {
                return request;
            }
        }
    }

    /// <summary>Ends the connection by RST, as a crash does.</summary>
    public static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private static int LengthOf(string request)
    {
        var line = request.Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return int.Parse(line["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task AcceptAsync(Func<Socket, CancellationToken, Task> treat)
    {
        List<Task> treated = [];
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                treated.Add(TreatAsync(socket, treat));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(treated);
        }
    }

    private async Task TreatAsync(Socket socket, Func<Socket, CancellationToken, Task> treat)
    {
        using (socket)
        {
            try
            {
                await treat(socket, _stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client gave up or the test is over.
            }
        }
    }
}
