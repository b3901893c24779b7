namespace MailMarketing;

/// <summary>Keeps contacts; addresses are unique by <see cref="EmailAddress.Key"/>.</summary>
/// <remarks>
/// Implementations are thread-safe. Callers validate before; an invalid address is an <see cref="ArgumentException"/>.
/// A contact that stops being mailable (consent withdrawn, suppressed, deleted) takes its waiting deliveries along in the same
/// transaction: those not handed over end <see cref="DeliveryState.Suppressed"/> (deleted: <see cref="DeliveryState.Cancelled"/>),
/// those handed over to another process are queued for withdrawal.
/// </remarks>
public interface IContactStore
{
    /// <summary>Adds a contact; a <see cref="ProblemKind.Conflict"/> on <c>email</c> where the address exists.</summary>
    Task<Result<Contact>> AddAsync(ContactData contact, CancellationToken cancellationToken);

    /// <summary>The contact, or null.</summary>
    Task<Contact?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>Replaces what is known of a contact; consent stays. NotFound, or Conflict on <c>email</c>.</summary>
    Task<Result<Contact>> UpdateAsync(long id, ContactData contact, CancellationToken cancellationToken);

    /// <summary>Deletes a contact and its memberships and blanks its frozen data; its deliveries stay. False where there is none.</summary>
    Task<bool> DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of contacts by id; search looks in address and names.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list's.</exception>
    Task<Page<Contact>> ListAsync(ContactQuery query, CancellationToken cancellationToken);

    /// <summary>How many contacts there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds or updates contacts by address in one transaction (the last of equal addresses wins) and, where given, adds all to a
    /// segment. Null names and absent attributes leave what is stored. Idempotent.
    /// </summary>
    Task<UpsertCounts> UpsertAsync(IReadOnlyList<ContactData> contacts, long? segmentId, CancellationToken cancellationToken);

    /// <summary>Sets the consent of a contact; false where there is none. Idempotent.</summary>
    Task<bool> SetConsentAsync(long id, ConsentStatus status, CancellationToken cancellationToken);

    /// <summary>Stores an import's progress: a new one where the id is 0. Gives it back with its id.</summary>
    Task<ContactImport> SaveImportAsync(ContactImport import, CancellationToken cancellationToken);

    /// <summary>The import, or null.</summary>
    Task<ContactImport?> GetImportAsync(long id, CancellationToken cancellationToken);
}
