using DnsClient;
using DnsClient.Protocol;

namespace MailMarketing;

/// <summary>Asks the machine's own name servers.</summary>
internal sealed class DnsRecords : IDomainRecords
{
    // Looking at the machine's network may fail, and does no harm to who asks nothing. Nothing is kept: who mends a record looks again.
    private readonly Lazy<LookupClient> _client = new(
        () => new LookupClient(new LookupClientOptions { Timeout = TimeSpan.FromSeconds(3), Retries = 0, UseCache = false }),
        LazyThreadSafetyMode.PublicationOnly);

    public async Task<IReadOnlyList<string>> ReadTextAsync(string name, CancellationToken cancellationToken)
    {
        IDnsQueryResponse answer;
        try
        {
            answer = await _client.Value.QueryAsync(name, QueryType.TXT, cancellationToken: cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new MailMarketingException($"{failure.Message.TrimEnd('.')}.", failure);
        }

        return answer.Header.ResponseCode is DnsHeaderResponseCode.NoError or DnsHeaderResponseCode.NotExistentDomain
            ? [.. answer.Answers.OfType<TxtRecord>().Select(record => string.Concat(record.Text))]
            : throw new MailMarketingException($"A name server answered {answer.Header.ResponseCode}.");
    }
}
