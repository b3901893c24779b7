namespace MailMarketing;

/// <summary>Keeps the addresses that get no campaign; outlives contacts.</summary>
/// <remarks>Adding takes waiting deliveries along, as <see cref="IContactStore"/> describes.</remarks>
public interface ISuppressionStore
{
    /// <summary>Suppresses an address; one already suppressed keeps its first reason.</summary>
    Task AddAsync(EmailAddress address, string reason, CancellationToken cancellationToken);

    /// <summary>Lifts a suppression; false where there is none.</summary>
    Task<bool> RemoveAsync(EmailAddress address, CancellationToken cancellationToken);

    /// <summary>A page of suppressions by address.</summary>
    Task<Page<Suppression>> ListAsync(PageRequest page, CancellationToken cancellationToken);
}
