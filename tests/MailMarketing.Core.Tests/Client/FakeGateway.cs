namespace MailMarketing.Core.Tests.Client;

/// <summary>A gateway that needs credentials and takes everything.</summary>
internal sealed class FakeGateway : IEmailGateway
{
    public bool RequiresCredentials => true;

    public Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<GatewayResult>>([.. messages.Select(message => GatewayResult.Accepted(null))]);
}
