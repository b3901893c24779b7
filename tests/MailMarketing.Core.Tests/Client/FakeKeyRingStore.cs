namespace MailMarketing.Core.Tests.Client;

/// <summary>A storage of key ring entries that can be away.</summary>
internal sealed class FakeKeyRingStore : IKeyRingStore
{
    public Dictionary<string, string> Entries { get; } = [];

    public bool Away { get; set; }

    public Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken) => Away
        ? throw new MailMarketingException("The storage is away.")
        : Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(Entries));

    public Task AddAsync(string name, string entry, CancellationToken cancellationToken)
    {
        Entries.TryAdd(name, entry);
        return Away ? throw new MailMarketingException("The storage is away.") : Task.CompletedTask;
    }
}
