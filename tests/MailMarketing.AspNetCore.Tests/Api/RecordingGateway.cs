using System.Collections.Concurrent;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>A gateway that remembers what it took, and refuses those whose address begins with <c>refuse</c>.</summary>
internal sealed class RecordingGateway : IEmailGateway
{
    private readonly ConcurrentQueue<EmailMessage> _sent = new();

    public bool RequiresCredentials => true;

    public IReadOnlyList<EmailMessage> SentTo(string email) => [.. _sent.Where(message => message.To.Email == email)];

    public Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GatewayResult>>([.. messages.Select(Take)]);

    private GatewayResult Take(EmailMessage message)
    {
        if (message.To.Email.StartsWith("refuse", StringComparison.Ordinal))
        {
            return new GatewayResult(GatewayOutcome.Rejected, "No such mailbox.");
        }

        _sent.Enqueue(message);
        return GatewayResult.Accepted($"id-{message.To.Email}");
    }
}
