namespace MailMarketing;

/// <summary>People, imports of them, and addresses that get no campaign.</summary>
public sealed class ContactsClient
{
    private readonly IContactStore _contacts;
    private readonly ISuppressionStore _suppressions;
    private readonly ISegmentStore _segments;
    private readonly AuditClient _audit;
    private readonly TimeProvider _time;

    internal ContactsClient(
        IContactStore contacts, ISuppressionStore suppressions, ISegmentStore segments, AuditClient audit, TimeProvider time) =>
        (_contacts, _suppressions, _segments, _audit, _time) = (contacts, suppressions, segments, audit, time);

    /// <summary>
    /// Adds a contact, subscribed: Invalid on <c>email</c>, <c>name</c>, <c>firstName</c>, <c>lastName</c> or <c>attributes</c>; Conflict
    /// on <c>email</c> where the address exists.
    /// </summary>
    public async Task<Result<Contact>> AddAsync(ContactData contact, CancellationToken cancellationToken)
    {
        var valid = ContactRules.Check(contact);
        return valid.Succeeded
            ? await _audit.NoteAsync(_contacts.AddAsync(valid.Value, cancellationToken), "contact.add", Subject)
            : valid.Problem;
    }

    /// <summary>Replaces what is known of a contact; consent stays. NotFound, or as for adding.</summary>
    public async Task<Result<Contact>> UpdateAsync(long id, ContactData contact, CancellationToken cancellationToken)
    {
        var valid = ContactRules.Check(contact);
        return valid.Succeeded
            ? await _audit.NoteAsync(_contacts.UpdateAsync(id, valid.Value, cancellationToken), "contact.change", Subject)
            : valid.Problem;
    }

    /// <summary>The contact, or null.</summary>
    public Task<Contact?> GetAsync(long id, CancellationToken cancellationToken) => _contacts.GetAsync(id, cancellationToken);

    /// <summary>Deletes a contact; what waits for it is cancelled. False where there is none.</summary>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_contacts.DeleteAsync(id, cancellationToken), "contact.delete", Subject(id));

    /// <summary>A page of contacts by id: Invalid on <c>limit</c> or <c>cursor</c>.</summary>
    public Task<Result<Page<Contact>>> ListAsync(ContactQuery query, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(query, () => _contacts.ListAsync(query, cancellationToken));

    /// <summary>How many contacts there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => _contacts.CountAsync(cancellationToken);

    /// <summary>The contact gets no campaigns from now on; false where there is none.</summary>
    public Task<bool> UnsubscribeAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_contacts.SetConsentAsync(id, ConsentStatus.Unsubscribed, cancellationToken), "contact.unsubscribe", Subject(id));

    /// <summary>The contact gets campaigns again; false where there is none. Only with its consent.</summary>
    public Task<bool> SubscribeAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_contacts.SetConsentAsync(id, ConsentStatus.Subscribed, cancellationToken), "contact.subscribe", Subject(id));

    /// <summary>
    /// Adds or updates the contacts of a CSV file: UTF-8, separated by commas, a header row with <c>email</c> and, where wanted,
    /// <c>name</c>, <c>firstName</c>, <c>lastName</c> and <c>status</c> (<c>unsubscribed</c> takes the consent away,
    /// <c>subscribed</c> gives it to nobody who is known); further columns become attributes. Rows that are wrong are counted and the
    /// others imported. Returns when all rows are read: Invalid on <c>csv</c> where the header is not fit, NotFound for the segment.
    /// </summary>
    /// <param name="csv">Read once, in constant memory; stays open.</param>
    /// <param name="segmentId">A segment that all of them join; null for none.</param>
    /// <param name="cancellationToken">Ends the import as <see cref="ImportState.Failed"/>; what was written stays.</param>
    public Task<Result<ContactImport>> ImportAsync(Stream csv, long? segmentId, CancellationToken cancellationToken) =>
        ImportAsync(csv, segmentId, null, cancellationToken);

    /// <summary>The same, and tells while it runs how far it is.</summary>
    /// <param name="csv">Read once, in constant memory; stays open.</param>
    /// <param name="segmentId">A segment that all of them join; null for none.</param>
    /// <param name="progress">Told after each 1,000 rows; null for nobody.</param>
    /// <param name="cancellationToken">Ends the import as <see cref="ImportState.Failed"/>; what was written stays.</param>
    public async Task<Result<ContactImport>> ImportAsync(
        Stream csv, long? segmentId, IProgress<ContactImport>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(csv);
        if (segmentId is { } id && await _segments.GetAsync(id, cancellationToken) is null)
        {
            return Problem.NotFound("segment", id);
        }

        await using var file = new ContactCsv(csv);
        return await file.ReadHeaderAsync(cancellationToken) is { } problem
            ? problem
            : await _audit.NoteAsync(
                ImportAsync(file, segmentId, progress, cancellationToken), "contact.import", import => $"import {import.Id}",
                import => new { import.Rows, import.Added, import.Updated, import.Rejected, segmentId });
    }

    /// <summary>How an import fares, or null.</summary>
    public Task<ContactImport?> GetImportAsync(long id, CancellationToken cancellationToken) => _contacts.GetImportAsync(id, cancellationToken);

    /// <summary>No campaign goes to an address from now on, whatever contact it belongs to: Invalid on <c>email</c> or <c>reason</c>.</summary>
    /// <returns>The address by its <see cref="EmailAddress.Key"/>.</returns>
    public async Task<Result<string>> SuppressAsync(string email, string? reason, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        _ = EmailAddress.TryParse(email, out var address, out var mistake);
        errors.Add("email", mistake);
        var because = TextRules.Trim(reason) ?? "Suppressed by hand";
        errors.Add("reason", TextRules.Line(because, "The reason", 500));
        if (errors.ToProblem() is { } problem)
        {
            return problem;
        }

        await _suppressions.AddAsync(address, because, cancellationToken);
        await _audit.RecordAsync("suppression.add", MaskedAddress.Of(address), null, new { reason = because }, CancellationToken.None);
        return address.Key;
    }

    /// <summary>Lifts a suppression; false where there is none.</summary>
    public async Task<bool> LiftAsync(string email, CancellationToken cancellationToken) =>
        EmailAddress.TryParse(email, out var address, out _)
        && await _audit.NoteAsync(_suppressions.RemoveAsync(address, cancellationToken), "suppression.lift", MaskedAddress.Of(address));

    /// <summary>A page of suppressions by address: Invalid on <c>limit</c> or <c>cursor</c>.</summary>
    public Task<Result<Page<Suppression>>> ListSuppressionsAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _suppressions.ListAsync(page, cancellationToken));

    private async Task<Result<ContactImport>> ImportAsync(
        ContactCsv file, long? segmentId, IProgress<ContactImport>? progress, CancellationToken cancellationToken) =>
        await new ImportRun(_contacts, segmentId, progress, _time).RunAsync(file, cancellationToken);

    // The audit log outlives the people in it, so it names them by number, and addresses by their beginning
    private static string Subject(Contact contact) => Subject(contact.Id);

    private static string Subject(long id) => $"contact {id}";
}
