namespace MailMarketing;

/// <summary>Reads what the owners of domains publish in DNS about their mail.</summary>
/// <remarks>Thread-safe. Register one to ask other name servers than the machine's own.</remarks>
public interface IDomainRecords
{
    /// <summary>The TXT records of a name, each as one text; empty where there are none or no such name.</summary>
    /// <param name="name">A name in DNS, such as <c>_dmarc.example.org</c>, international parts in A-label form.</param>
    /// <param name="cancellationToken">Gives up; callers wait for 3 seconds.</param>
    /// <exception cref="MailMarketingException">No name server answered, or one could not tell.</exception>
    Task<IReadOnlyList<string>> ReadTextAsync(string name, CancellationToken cancellationToken);
}
