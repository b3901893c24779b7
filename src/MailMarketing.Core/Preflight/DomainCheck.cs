using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Looks whether a domain says in DNS who may send mail from it (SPF, DKIM and DMARC).</summary>
internal sealed class DomainCheck(IDomainRecords records, IOptions<MailMarketingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<PreflightItem>> LookAsync(string email, CancellationToken cancellationToken)
    {
        var domain = email[(email.LastIndexOf('@') + 1)..];
        return await Task.WhenAll(
            AskAsync("spf", "SPF", token => SpfAsync(domain, token), cancellationToken),
            AskAsync("dkim", "DKIM", token => DkimAsync(domain, token), cancellationToken),
            AskAsync("dmarc", "DMARC", token => DmarcAsync(domain, token), cancellationToken));
    }

    private async Task<PreflightItem> SpfAsync(string domain, CancellationToken cancellationToken)
    {
        var found = (await records.ReadTextAsync(domain, cancellationToken)).Where(text => Begins(text, "v=spf1")).ToList();
        return found.Count switch
        {
            0 => PreflightItem.Warning(
                "spf", $"{domain} has no SPF record", "Receivers cannot tell whether the gateway may send for it.",
                $"Publish a TXT record at {domain} that begins with v=spf1 and names the gateway, as the gateway's provider says."),
            1 => PreflightItem.Ok("spf", $"{domain} has an SPF record", found[0]),
            _ => PreflightItem.Warning(
                "spf", $"{domain} has more than one SPF record", string.Join(' ', found), "Make them one: receivers then heed none (RFC 7208, 4.5)."),
        };
    }

    private async Task<PreflightItem> DkimAsync(string domain, CancellationToken cancellationToken)
    {
        if (options.Value.DkimSelector is not { } selector)
        {
            return PreflightItem.Warning(
                "dkim", "DKIM was not looked at", "The selector that the gateway signs with is not known.",
                "Set MailMarketingOptions.DkimSelector to it; the gateway's provider tells it.");
        }

        var name = $"{selector}._domainkey.{domain}";
        var keys = (await records.ReadTextAsync(name, cancellationToken)).Select(KeyOf).OfType<string>().ToList();
        return keys.Any(key => key.Length > 0)
            ? PreflightItem.Ok("dkim", $"There is a DKIM key at {name}")
            : PreflightItem.Warning(
                "dkim", $"There is no DKIM key at {name}", keys.Count > 0 ? "The one that was there is revoked." : null,
                "Publish the record that the gateway's provider shows, or correct MailMarketingOptions.DkimSelector.");
    }

    private async Task<PreflightItem> DmarcAsync(string domain, CancellationToken cancellationToken)
    {
        // A domain without a policy of its own has that of the one above it
        for (var owner = domain; owner.Contains('.', StringComparison.Ordinal); owner = owner[(owner.IndexOf('.', StringComparison.Ordinal) + 1)..])
        {
            var found = await records.ReadTextAsync($"_dmarc.{owner}", cancellationToken);
            if (found.FirstOrDefault(text => Begins(text, "v=DMARC1")) is { } policy)
            {
                return PreflightItem.Ok("dmarc", $"{owner} has a DMARC policy", policy);
            }
        }

        return PreflightItem.Warning(
            "dmarc", $"{domain} has no DMARC policy", "Gmail and Yahoo ask senders of many emails for one.",
            $"Publish a TXT record at _dmarc.{domain}; v=DMARC1; p=none is enough to begin with.");
    }

    private async Task<PreflightItem> AskAsync(
        string code, string what, Func<CancellationToken, Task<PreflightItem>> ask, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await ask(stop.Token).WaitAsync(stop.Token);
        }
        catch (Exception failure) when (failure is MailMarketingException || patience.IsCancellationRequested)
        {
            return PreflightItem.Warning(
                code, $"{what} could not be looked up", $"DNS could not be reached: {(failure as MailMarketingException)?.Message ?? "no answer in 3 seconds."}",
                "Look again later, or see that this machine reaches a name server.");
        }
    }

    private static bool Begins(string record, string version) =>
        record.StartsWith(version, StringComparison.OrdinalIgnoreCase) && record.AsSpan(version.Length) is [] or [' ' or ';', ..];

    /// <summary>The key of a DKIM record, empty where it is revoked (RFC 6376, 3.6.1); null where it is no such record.</summary>
    private static string? KeyOf(string record) => record.Split(';')
        .Select(tag => tag.Split('=', 2)).Where(tag => tag.Length == 2 && tag[0].Trim() == "p").Select(tag => tag[1].Trim()).FirstOrDefault();
}
