using System.Collections.Concurrent;

namespace MailMarketing.Dashboard.Tests;

/// <summary>A gateway that needs credentials, takes everything and remembers it.</summary>
public sealed class RecordingGateway : IEmailGateway
{
    public bool RequiresCredentials => true;

    public ConcurrentQueue<EmailMessage> Taken { get; } = [];

    public Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            Taken.Enqueue(message);
        }

        return Task.FromResult<IReadOnlyList<GatewayResult>>(
            [.. messages.Select(message => GatewayResult.Accepted(message.IdempotencyKey))]);
    }
}
