using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing;

/// <summary>
/// Refuses to start with a secret that the key ring was not encrypted under: Data Protection would only make new keys, and what the old
/// ones protect would be out of reach.
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
            Check(name, XElement.Parse(entry));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Check(string name, XElement entry)
    {
        try
        {
            foreach (var secret in entry.Descendants(KeyRingEncryptor.Element))
            {
                cipher.Decrypt(secret.Value);
            }
        }
        catch (CryptographicException cause)
        {
            throw new MailMarketingException(
                $"The key ring was encrypted under another service key ({name} cannot be decrypted): start with the service key that this "
                + "storage was first used with. Without it, stored credentials and links in sent mails are lost.",
                cause);
        }
    }
}
