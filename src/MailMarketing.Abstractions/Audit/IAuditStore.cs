namespace MailMarketing;

/// <summary>Keeps what people changed; entries are added and read, never changed.</summary>
public interface IAuditStore
{
    /// <summary>Adds an entry; its <see cref="AuditEntry.Id"/> is the store's to give.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>A page of entries by id; <see cref="PageRequest.Search"/> looks into actor, action and subject.</summary>
    Task<Page<AuditEntry>> ListAsync(PageRequest page, CancellationToken cancellationToken);
}
