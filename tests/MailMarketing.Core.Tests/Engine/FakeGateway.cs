namespace MailMarketing.Core.Tests.Engine;

/// <summary>A gateway that answers as it is told to.</summary>
internal sealed class FakeGateway : IEmailGateway
{
    private readonly Lock _lock = new();
    private readonly List<EmailMessage> _messages = [];

    public bool RequiresCredentials { get; set; }

    public Func<EmailMessage, GatewayResult> Answer { get; set; } = message => GatewayResult.Accepted("m-" + message.IdempotencyKey);

    /// <summary>Instead of <see cref="Answer"/>, where it is set.</summary>
    public Func<IReadOnlyList<EmailMessage>, CancellationToken, Task<IReadOnlyList<GatewayResult>>>? AnswerAll { get; set; }

    public GatewayCredentials? Credentials { get; private set; }

    public IReadOnlyList<EmailMessage> Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _messages];
            }
        }
    }

    public Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken)
    {
        Credentials = credentials;
        lock (_lock)
        {
            _messages.AddRange(messages);
        }

        return AnswerAll?.Invoke(messages, cancellationToken)
            ?? Task.FromResult<IReadOnlyList<GatewayResult>>([.. messages.Select(Answer)]);
    }
}
