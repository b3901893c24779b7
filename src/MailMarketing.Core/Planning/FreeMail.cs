using System.Collections.Frozen;

namespace MailMarketing;

/// <summary>
/// Mailbox providers whose domains only they may send from: their DMARC policies, and the bulk-sender rules of Gmail and Yahoo (2024),
/// have other servers' mail from these domains refused or filed as spam.
/// </summary>
internal static class FreeMail
{
    private static readonly FrozenSet<string> _domains = new[]
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.co.jp", "yahoo.de", "yahoo.fr", "yahoo.it", "yahoo.es", "ymail.com",
        "rocketmail.com", "aol.com", "outlook.com", "outlook.de", "outlook.fr", "hotmail.com", "hotmail.co.uk", "hotmail.de", "hotmail.fr",
        "hotmail.it", "live.com", "live.co.uk", "live.de", "live.fr", "msn.com", "icloud.com", "me.com", "mac.com", "gmx.de", "gmx.net",
        "gmx.at", "gmx.ch", "gmx.com", "web.de", "t-online.de", "freenet.de", "mail.com", "proton.me", "protonmail.com", "pm.me", "zoho.com",
        "mail.ru", "yandex.ru", "yandex.com", "qq.com", "163.com", "126.com", "naver.com", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net",
        "libero.it", "comcast.net", "verizon.net", "att.net", "btinternet.com",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why nothing can be sent from an address; null where its domain may be somebody's own.</summary>
    public static string? Judge(string email)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..];
        return _domains.Contains(domain)
            ? $"From is an address at {domain}, and only {domain} may send from it: set a From address at a domain of your own in the settings."
            : null;
    }
}
