using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MailMarketing.Faults.Tests.Rig;

/// <summary>Stands between two parts and does to their connections what networks do: delays, cuts, resets, silence in one direction.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxyConnection, Task> _connections = new();
    private readonly CancellationTokenSource _end = new();
    private readonly IPEndPoint _target;
    private readonly Task _accepting;
    private volatile bool _isCut;
    private long _requests;
    private long _lastRequest;

    public FaultProxy(int targetPort)
    {
        _target = new(IPAddress.Loopback, targetPort);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>From the one who connects.</summary>
    public Way Forward { get; } = new();

    /// <summary>To the one who connected.</summary>
    public Way Back { get; } = new();

    /// <summary>Connections on which something was asked that is not answered yet.</summary>
    public int InFlight => _connections.Keys.Count(connection => connection.Awaits);

    /// <summary>Pieces that went forward; over HTTP about one a request.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>When the last piece went forward, as <see cref="Stopwatch.GetTimestamp"/> counts.</summary>
    public long LastRequest => Interlocked.Read(ref _lastRequest);

    /// <summary>Resets all connections, and every new one.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _connections.Keys)
        {
            connection.Reset();
        }
    }

    /// <summary>All is well again.</summary>
    public void Heal()
    {
        _isCut = false;
        Forward.Free();
        Back.Free();
    }

    internal void Asked()
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Exchange(ref _lastRequest, Stopwatch.GetTimestamp());
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = new ProxyConnection(this, await _listener.AcceptSocketAsync(_end.Token));
                if (_isCut)
                {
                    connection.Reset();
                    continue;
                }

                var start = new TaskCompletionSource();
                _connections[connection] = RunAsync(connection, start.Task);
                start.SetResult();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The end
        }
    }

    private async Task RunAsync(ProxyConnection connection, Task start)
    {
        await start;
        await connection.RunAsync(_target, _end.Token);
        _connections.TryRemove(connection, out _);
    }
}
