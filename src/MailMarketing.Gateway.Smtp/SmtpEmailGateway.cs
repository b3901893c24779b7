using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MailMarketing.Gateway.Smtp;

/// <summary>Sends each message once, as many at a time as the lane has connections.</summary>
internal sealed partial class SmtpEmailGateway(
    string lane, IOptionsMonitor<SmtpGatewayOptions> options, TimeProvider time, ILogger<SmtpEmailGateway> logger) : IEmailGateway, IDisposable
{
    private const int MaxMessageId = 255;

    private readonly SemaphoreSlim _slots = new(options.Get(lane).MaxConnections);
    private readonly SmtpPool _pool = new(time);

    public bool RequiresCredentials => options.Get(lane).RequiresCredentials;

    public async Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken)
    {
        var batch = new Batch(options.Get(lane), options.Get(lane).RequiresCredentials ? credentials : null, messages);
        var connections = Math.Min(messages.Count, batch.Options.MaxConnections);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => WorkAsync(batch, cancellationToken)));
        return Array.ConvertAll(
            batch.Results, result => result ?? new GatewayResult(GatewayOutcome.NotSent, "Stopped before a connection was free."));
    }

    public void Dispose()
    {
        _pool.Dispose();
        _slots.Dispose();
    }

    // One connection's work. Connections are given in order, so that an earlier call is through first
    private async Task WorkAsync(Batch batch, CancellationToken cancellationToken)
    {
        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        SmtpConnection? connection = null;
        try
        {
            for (int index; !cancellationToken.IsCancellationRequested && (index = batch.Next()) < batch.Messages.Count;)
            {
                // Who is refused once is refused again: servers lock accounts that keep trying, and one that is away is away for all
                if (batch.Closed is { } closed)
                {
                    batch.Results[index] = closed;
                    continue;
                }

                (batch.Results[index], connection) = await SendAsync(batch, batch.Messages[index], connection, cancellationToken);
            }
        }
        finally
        {
            if (connection is not null)
            {
                await _pool.GiveBackAsync(connection, batch.Options);
            }

            _slots.Release();
        }
    }

    private async Task<(GatewayResult Result, SmtpConnection? Connection)> SendAsync(
        Batch batch, EmailMessage message, SmtpConnection? connection, CancellationToken cancellationToken)
    {
        if (MessageCheck.Mistake(message, batch.Options.SupportsAttachments) is { } mistake)
        {
            return (new GatewayResult(GatewayOutcome.Rejected, mistake), connection);
        }

        using var timeout = new CancellationTokenSource(batch.Options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        if (connection is not null && (!connection.IsUp || connection.Messages >= batch.Options.MessagesPerConnection))
        {
            await connection.CloseAsync();
            connection = null;
        }

        connection ??= await _pool.TakeAsync(batch.Options, batch.Credentials);
        if (connection is { Messages: > 0 })
        {
            var (result, left) = await SendAsync(connection, message, either.Token);
            if (result.Outcome != GatewayOutcome.NotSent || left != Left.Nothing || either.IsCancellationRequested)
            {
                return (result, connection);
            }

            // The server had hung up while nothing was sent, or does so now, as servers do: nothing of the message left, so a new connection
            // takes it
            connection.Dispose();
        }

        try
        {
            connection = await SmtpConnection.OpenAsync(batch.Options, batch.Credentials, either.Token);
        }
        catch (Exception exception)
        {
            Log.NoAnswer(logger, exception, lane, Left.Nothing);
            batch.Closed = OutcomeTable.OfConnecting(exception);
            return (batch.Closed, null);
        }

        return ((await SendAsync(connection, message, either.Token)).Result, connection);
    }

    private async Task<(GatewayResult Result, Left Left)> SendAsync(
        SmtpConnection connection, EmailMessage message, CancellationToken cancellationToken)
    {
        var progress = new SendProgress();
        try
        {
            var answer = await connection.SendAsync(message, progress, time.GetUtcNow(), cancellationToken);
            return (GatewayResult.Accepted(QueuedAs(answer)), progress.Left);
        }
        catch (Exception exception)
        {
            Log.NoAnswer(logger, exception, lane, progress.Left);
            return (OutcomeTable.OfSending(exception, progress.Left), progress.Left);
        }
    }

    // What many servers call it; others say nothing that anybody could look for
    private static string? QueuedAs(string answer) =>
        Queued().Match(answer) is { Success: true } match && match.Groups[1].Length <= MaxMessageId ? match.Groups[1].Value : null;

    [GeneratedRegex(@"queued as <?([!-;=?-~]+)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Queued();

    /// <summary>What the connections of one call share.</summary>
    private sealed class Batch(SmtpGatewayOptions options, GatewayCredentials? credentials, IReadOnlyList<EmailMessage> messages)
    {
        private int _next = -1;

        public SmtpGatewayOptions Options => options;

        public GatewayCredentials? Credentials => credentials;

        public IReadOnlyList<EmailMessage> Messages => messages;

        public GatewayResult?[] Results { get; } = new GatewayResult?[messages.Count];

        /// <summary>Why no connection could be had; null while they can.</summary>
        public GatewayResult? Closed { get; set; }

        public int Next() => Interlocked.Increment(ref _next);
    }
}
