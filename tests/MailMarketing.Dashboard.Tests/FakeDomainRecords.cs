namespace MailMarketing.Dashboard.Tests;

/// <summary>DNS of a domain that has all it needs, until a test takes it away.</summary>
public sealed class FakeDomainRecords : IDomainRecords
{
    /// <summary>Whether nobody answers.</summary>
    public bool Away { get; set; }

    public Task<IReadOnlyList<string>> ReadTextAsync(string name, CancellationToken cancellationToken) => Away
        ? throw new MailMarketingException("No name server answers.")
        : Task.FromResult<IReadOnlyList<string>>([name.Split('.')[0] switch
        {
            "_dmarc" => "v=DMARC1; p=none",
            "s1" => "v=DKIM1; p=MIGf",
            _ => "v=spf1 -all",
        }]);
}
