namespace MailMarketing;

/// <summary>Sends email. Retries, back-off and rates are the engine's: a gateway tries each message once.</summary>
/// <remarks>Thread-safe. Registered under its lane's name, see <see cref="MailMarketingBuilder.AddGateway{TGateway}"/>.</remarks>
public interface IEmailGateway
{
    /// <summary>Whether it signs in with <see cref="GatewayCredentials"/> that a person sets; default false.</summary>
    bool RequiresCredentials => false;

    /// <summary>
    /// Sends each message once and answers per message, in the same order. An expected failure is an outcome; an exception means that
    /// every message of the batch is <see cref="GatewayOutcome.Ambiguous"/>.
    /// </summary>
    /// <param name="messages">At most 500.</param>
    /// <param name="credentials">Null where none are set.</param>
    /// <param name="cancellationToken">Cut short only when the process is being killed; a graceful stop waits for the answers.</param>
    Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken);
}
