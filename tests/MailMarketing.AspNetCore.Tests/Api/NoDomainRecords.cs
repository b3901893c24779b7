namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>DNS that cannot be reached.</summary>
internal sealed class NoDomainRecords : IDomainRecords
{
    public Task<IReadOnlyList<string>> ReadTextAsync(string name, CancellationToken cancellationToken) =>
        throw new MailMarketingException("No network in tests.");
}
