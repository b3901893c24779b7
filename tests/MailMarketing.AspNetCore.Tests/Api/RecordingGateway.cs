using System.Collections.Concurrent;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>
/// A gateway that remembers what it took. It refuses those whose address begins with <c>refuse</c>, and puts those off the first time whose
/// address begins with <c>later</c>; those that begin with <c>doubt</c> make it fail without an answer the first time.
/// </summary>
internal sealed class RecordingGateway : IEmailGateway
{
    private readonly ConcurrentQueue<EmailMessage> _sent = new();
    private readonly ConcurrentDictionary<string, EmailMessage> _first = new();

    public bool RequiresCredentials => true;

    public IReadOnlyList<EmailMessage> SentTo(string email) => [.. _sent.Where(message => message.To.Email == email)];

    /// <summary>The first message to somebody who was put off.</summary>
    public EmailMessage FirstTo(string email) => _first[email];

    public Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GatewayResult>>([.. messages.Select(Take)]);

    private GatewayResult Take(EmailMessage message)
    {
        if (message.To.Email.StartsWith("refuse", StringComparison.Ordinal))
        {
            return new GatewayResult(GatewayOutcome.Rejected, "No such mailbox.");
        }

        if (message.To.Email.StartsWith("later", StringComparison.Ordinal) && _first.TryAdd(message.To.Email, message))
        {
            return new GatewayResult(GatewayOutcome.Deferred, "The mailbox is busy.");
        }

        if (message.To.Email.StartsWith("doubt", StringComparison.Ordinal) && _first.TryAdd(message.To.Email, message))
        {
            return new GatewayResult(GatewayOutcome.Ambiguous, "The connection broke.");
        }

        _sent.Enqueue(message);
        return GatewayResult.Accepted($"id-{message.To.Email}");
    }
}
