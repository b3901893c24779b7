using System.Net;
using System.Net.Sockets;

namespace MailMarketing.Faults.Tests.Rig;

/// <summary>One connection through a proxy.</summary>
internal sealed class ProxyConnection(FaultProxy proxy, Socket source) : IDisposable
{
    private const int Piece = 64 * 1024;

    private readonly Socket _target = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private volatile bool _awaits;

    /// <summary>Whether something was asked that is not answered yet.</summary>
    public bool Awaits => _awaits;

    public async Task RunAsync(IPEndPoint to, CancellationToken cancellationToken)
    {
        try
        {
            source.NoDelay = true;
            await _target.ConnectAsync(to, cancellationToken);
            await Task.WhenAll(PumpAsync(source, _target, isForward: true, cancellationToken), PumpAsync(_target, source, isForward: false, cancellationToken));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset();
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _awaits = false;
        source.Dispose();
        _target.Dispose();
    }

    /// <summary>Ends both halves as a host does that knows of no connection.</summary>
    public void Reset()
    {
        foreach (var socket in new[] { source, _target })
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // Ended already
            }

            socket.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isForward, CancellationToken cancellationToken)
    {
        var way = isForward ? proxy.Forward : proxy.Back;
        var buffer = new byte[Piece];
        int count;
        while ((count = await ReceiveAsync(from, buffer, cancellationToken)) > 0)
        {
            var passes = await way.PassAsync(cancellationToken);
            if (!passes && !isForward)
            {
                Reset();
                return;
            }

            if (isForward)
            {
                _awaits = true;
                proxy.Asked();
            }

            // Of what is cut on its way there, half arrives
            await SendAsync(to, buffer.AsMemory(0, passes ? count : count / 2), cancellationToken);
            if (!passes)
            {
                Reset();
                return;
            }

            _awaits = isForward;
        }

        to.Shutdown(SocketShutdown.Send);
    }

    private async Task<int> ReceiveAsync(Socket from, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await from.ReceiveAsync(buffer, cancellationToken);
        }
        catch (SocketException)
        {
            // What was reset here must not hang there
            Reset();
            throw;
        }
    }

    private static async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await to.SendAsync(bytes, cancellationToken)..];
        }
    }
}
