namespace MailMarketing.Engine;

/// <summary>Where the engine gets what it signs in to a lane's gateway with.</summary>
internal interface ICredentialSource
{
    /// <summary>The lane's credentials as they are now; null where none are set.</summary>
    Task<GatewayCredentials?> GetAsync(string lane, CancellationToken cancellationToken);
}
