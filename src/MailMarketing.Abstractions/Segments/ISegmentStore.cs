namespace MailMarketing;

/// <summary>Keeps segments and who belongs to them. Members are listed by <see cref="IContactStore.ListAsync"/>.</summary>
public interface ISegmentStore
{
    /// <summary>Adds a segment; Conflict on <c>name</c> where the name exists.</summary>
    Task<Result<Segment>> AddAsync(string name, CancellationToken cancellationToken);

    /// <summary>The segment, or null.</summary>
    Task<Segment?> GetAsync(long id, CancellationToken cancellationToken);

    /// <summary>Renames a segment: NotFound, or Conflict on <c>name</c>.</summary>
    Task<Result<Segment>> RenameAsync(long id, string name, CancellationToken cancellationToken);

    /// <summary>Deletes a segment, not its contacts; false where there is none.</summary>
    Task<bool> DeleteAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of segments by id.</summary>
    Task<Page<Segment>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>How many segments there are.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>The segments that a contact belongs to, by name.</summary>
    Task<IReadOnlyList<Segment>> ListOfContactAsync(long contactId, CancellationToken cancellationToken);

    /// <summary>The names of the segments that each of these contacts belongs to, sorted; who belongs to none is left out.</summary>
    Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> ListNamesAsync(
        IReadOnlyList<long> contactIds, CancellationToken cancellationToken);

    /// <summary>Adds members, all or none: NotFound for the segment, Invalid on <c>contactIds</c> naming unknown contacts. Idempotent.</summary>
    Task<Result<Segment>> AddMembersAsync(long id, IReadOnlyList<long> contactIds, CancellationToken cancellationToken);

    /// <summary>Removes a member; false where it was none.</summary>
    Task<bool> RemoveMemberAsync(long id, long contactId, CancellationToken cancellationToken);
}
