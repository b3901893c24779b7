namespace MailMarketing.AspNetCore.Tests.Services;

/// <summary>A gateway that wants credentials and is never sent through.</summary>
internal sealed class FakeGateway : IEmailGateway
{
    public bool RequiresCredentials => true;

    public Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
