namespace MailMarketing;

/// <summary>Named audiences.</summary>
public sealed class SegmentsClient
{
    private readonly ISegmentStore _segments;

    private readonly AuditClient _audit;

    internal SegmentsClient(ISegmentStore segments, AuditClient audit) => (_segments, _audit) = (segments, audit);

    /// <summary>Adds a segment: Invalid or Conflict on <c>name</c>.</summary>
    public async Task<Result<Segment>> AddAsync(string name, CancellationToken cancellationToken) =>
        SegmentRules.Check(name) is { } problem
            ? problem
            : await _audit.NoteAsync(_segments.AddAsync(name.Trim(), cancellationToken), "segment.add", Subject);

    /// <summary>Renames a segment: NotFound, or Invalid or Conflict on <c>name</c>.</summary>
    public async Task<Result<Segment>> RenameAsync(long id, string name, CancellationToken cancellationToken) =>
        SegmentRules.Check(name) is { } problem
            ? problem
            : await _audit.NoteAsync(_segments.RenameAsync(id, name.Trim(), cancellationToken), "segment.rename", Subject);

    /// <summary>The segment, or null.</summary>
    public Task<Segment?> GetAsync(long id, CancellationToken cancellationToken) => _segments.GetAsync(id, cancellationToken);

    /// <summary>Deletes a segment, not its contacts; false where there is none.</summary>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_segments.DeleteAsync(id, cancellationToken), "segment.delete", $"segment {id}");

    /// <summary>A page of segments by id: Invalid on <c>limit</c> or <c>cursor</c>.</summary>
    public Task<Result<Page<Segment>>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _segments.ListAsync(page, cancellationToken));

    /// <summary>How many segments there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => _segments.CountAsync(cancellationToken);

    /// <summary>Adds members, all or none: NotFound for the segment, Invalid on <c>contactIds</c>. Again changes nothing.</summary>
    public async Task<Result<Segment>> AddMembersAsync(long id, IReadOnlyList<long> contactIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contactIds);
        return await _audit.NoteAsync(
            _segments.AddMembersAsync(id, [.. contactIds.Distinct()], cancellationToken), "segment.join", Subject,
            _ => new { contacts = contactIds.Count });
    }

    /// <summary>Removes a member; false where it was none.</summary>
    public Task<bool> RemoveMemberAsync(long id, long contactId, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_segments.RemoveMemberAsync(id, contactId, cancellationToken), "segment.leave", $"contact {contactId} of segment {id}");

    /// <summary>The segments that a contact belongs to, by name.</summary>
    public Task<IReadOnlyList<Segment>> OfContactAsync(long contactId, CancellationToken cancellationToken) =>
        _segments.ListOfContactAsync(contactId, cancellationToken);

    private static string Subject(Segment segment) => $"segment {segment.Id} ({segment.Name})";
}
