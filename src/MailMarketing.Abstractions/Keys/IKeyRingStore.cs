namespace MailMarketing;

/// <summary>Keeps the entries of the Data Protection key ring, which are opaque to it: they arrive encrypted.</summary>
public interface IKeyRingStore
{
    /// <summary>All entries by name.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Adds an entry; one whose name exists already changes nothing, since entries never change.</summary>
    Task AddAsync(string name, string entry, CancellationToken cancellationToken);
}
