using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace MailMarketing;

/// <summary>Encrypts gateway credentials, each under its lane's own purpose: one lane's stored text is no use to another.</summary>
internal sealed class CredentialProtector(IDataProtectionProvider protection)
{
    public string Protect(string lane, GatewayCredentials credentials) => For(lane).Protect(JsonSerializer.Serialize(credentials));

    /// <exception cref="MailMarketingException">The key ring that encrypted them is gone, or they are another lane's.</exception>
    public GatewayCredentials Unprotect(string lane, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<GatewayCredentials>(For(lane).Unprotect(text))!;
        }
        catch (CryptographicException cause)
        {
            throw new MailMarketingException(
                $"The stored credentials of lane {lane} cannot be decrypted with this installation's keys; set them again.", cause);
        }
    }

    private IDataProtector For(string lane) => protection.CreateProtector("MailMarketing.GatewayCredentials.v1", lane);
}
