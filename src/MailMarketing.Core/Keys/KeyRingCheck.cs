using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>
/// Refuses to start with a secret that the key ring was not encrypted under: Data Protection would only make new keys, and what the old
/// ones protect would be out of reach. What is encrypted under the previous secret is encrypted anew.
/// </summary>
internal sealed class KeyRingCheck(KeyRingRepository ring, KeyRingCipher cipher, ILogger<KeyRingCheck> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string> entries;
        try
        {
            entries = await ring.ReadAsync();
        }
        catch (MailMarketingException unreachable)
        {
            KeyRingLog.NotReadYet(logger, unreachable);
            return;
        }

        foreach (var (name, entry) in entries)
        {
            var parsed = XElement.Parse(entry);
            if (Renew(name, parsed))
            {
                await ring.ReplaceAsync(name, parsed.ToString(SaveOptions.DisableFormatting));
                KeyRingLog.Renewed(logger, name);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool Renew(string name, XElement entry)
    {
        var isRenewed = false;
        try
        {
            foreach (var secret in entry.Descendants(KeyRingEncryptor.Element))
            {
                var text = cipher.Decrypt(secret.Value, out var isPrevious);
                if (isPrevious)
                {
                    (secret.Value, isRenewed) = (cipher.Encrypt(text), true);
                }
            }

            return isRenewed;
        }
        catch (CryptographicException cause)
        {
            throw new MailMarketingException(
                $"The key ring was encrypted under another service key ({name} cannot be decrypted): start with the service key that this "
                + "storage was last used with, or name that one as PreviousServiceKey. Without it, stored credentials and links in sent mails are lost.",
                cause);
        }
    }
}
