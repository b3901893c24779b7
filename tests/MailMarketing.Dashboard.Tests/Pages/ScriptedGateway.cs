namespace MailMarketing.Dashboard.Tests.Pages;

/// <summary>A gateway that needs credentials, waits where it is told to and answers as it is told to.</summary>
public sealed class ScriptedGateway : IEmailGateway
{
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedGateway() => Release();

    public bool RequiresCredentials => true;

    /// <summary>The answer to a message; default: accepted.</summary>
    public Func<EmailMessage, GatewayResult> Answer { get; set; } = message => GatewayResult.Accepted(message.IdempotencyKey);

    /// <summary>Answers nothing until <see cref="Release"/>, which lets go of what an earlier hold left too.</summary>
    public void Hold() => _open = _open.Task.IsCompleted ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : _open;

    public void Release() => _open.TrySetResult();

    public async Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken)
    {
        await _open.Task.WaitAsync(cancellationToken);
        return [.. messages.Select(Answer)];
    }
}
