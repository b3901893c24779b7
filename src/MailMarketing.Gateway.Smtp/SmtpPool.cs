namespace MailMarketing.Gateway.Smtp;

/// <summary>Connections that nobody uses at the moment; the one used last is taken first, so that the others can be closed.</summary>
internal sealed class SmtpPool(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<SmtpConnection> _idle = new();

    /// <summary>One that still stands and is signed in so, or null. Closes what was idle for too long.</summary>
    public async ValueTask<SmtpConnection?> TakeAsync(SmtpGatewayOptions options, GatewayCredentials? credentials)
    {
        SmtpConnection? found = null;
        List<SmtpConnection> old = [];
        lock (_lock)
        {
            for (var node = _idle.Last; node is not null;)
            {
                var (connection, previous) = (node.Value, node.Previous);
                if (!connection.IsFor(credentials) || !connection.IsUp || time.GetElapsedTime(connection.UsedAt) >= options.IdleTimeout)
                {
                    old.Add(connection);
                    _idle.Remove(node);
                }
                else if (found is null)
                {
                    found = connection;
                    _idle.Remove(node);
                }

                node = previous;
            }
        }

        foreach (var connection in old)
        {
            await connection.CloseAsync();
        }

        return found;
    }

    /// <summary>Takes a connection back, or closes it where it has done its part.</summary>
    public async ValueTask GiveBackAsync(SmtpConnection connection, SmtpGatewayOptions options)
    {
        if (!connection.IsUp || connection.Messages >= options.MessagesPerConnection)
        {
            await connection.CloseAsync();
            return;
        }

        connection.UsedAt = time.GetTimestamp();
        lock (_lock)
        {
            _idle.AddLast(connection);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var connection in _idle)
            {
                connection.Dispose();
            }

            _idle.Clear();
        }
    }
}
