using MailMarketing.Engine;

namespace MailMarketing;

/// <summary>The engine's credentials: those that people set, decrypted.</summary>
internal sealed class StoredCredentials(ISenderSettingsStore store, CredentialProtector protector) : ICredentialSource
{
    public async Task<GatewayCredentials?> GetAsync(string lane, CancellationToken cancellationToken) =>
        (await store.GetAsync(cancellationToken)).ProtectedCredentials.TryGetValue(lane, out var text)
            ? protector.Unprotect(lane, text)
            : null;
}
