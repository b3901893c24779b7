namespace MailMarketing;

/// <summary>What is sent: subject, HTML and text with placeholders.</summary>
public sealed class TemplatesClient
{
    private readonly ITemplateStore _templates;
    private readonly IContactStore _contacts;
    private readonly TemplateLanguages _languages;
    private readonly TimeProvider _time;

    internal TemplatesClient(ITemplateStore templates, IContactStore contacts, TemplateLanguages languages, TimeProvider time) =>
        (_templates, _contacts, _languages, _time) = (templates, contacts, languages, time);

    /// <summary>The languages that a template can be written in, in the order they were registered; the first is the usual one.</summary>
    public IReadOnlyList<string> Languages => _languages.Names;

    /// <summary>
    /// Adds a template: Invalid on <c>name</c>, <c>subject</c>, <c>html</c>, <c>text</c> or <c>language</c>, with
    /// <see cref="Problem.Mistakes"/> where the language finds some; Conflict on <c>name</c>.
    /// </summary>
    public async Task<Result<EmailTemplate>> AddAsync(string name, TemplateSource source, CancellationToken cancellationToken) =>
        Check(name, source) is { } problem ? problem : await _templates.AddAsync(name.Trim(), source, cancellationToken);

    /// <summary>Replaces a template: NotFound, or as for adding. Campaigns already started keep what they froze.</summary>
    public async Task<Result<EmailTemplate>> UpdateAsync(long id, string name, TemplateSource source, CancellationToken cancellationToken) =>
        Check(name, source) is { } problem ? problem : await _templates.UpdateAsync(id, name.Trim(), source, cancellationToken);

    /// <summary>The template, or null.</summary>
    public Task<EmailTemplate?> GetAsync(long id, CancellationToken cancellationToken) => _templates.GetAsync(id, cancellationToken);

    /// <summary>Deletes a template; false where there is none. Campaigns already started are not touched.</summary>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => _templates.DeleteAsync(id, cancellationToken);

    /// <summary>A page of templates by id: Invalid on <c>limit</c> or <c>cursor</c>.</summary>
    public Task<Result<Page<EmailTemplate>>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _templates.ListAsync(page, cancellationToken));

    /// <summary>How many templates there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => _templates.CountAsync(cancellationToken);

    /// <summary>Judges a template as adding it would, and stores nothing.</summary>
    public Task<Result<TemplateSource>> CheckAsync(TemplateSource source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Result<TemplateSource>>(_languages.Check(source) is { } problem ? problem : source);
    }

    /// <summary>What a stored template gives for a contact, or for sample data: NotFound, or Invalid where it does not render.</summary>
    public async Task<Result<RenderedEmail>> PreviewAsync(long templateId, long? contactId, CancellationToken cancellationToken) =>
        await _templates.GetAsync(templateId, cancellationToken) is { } template
            ? await PreviewAsync(template.Source, contactId, cancellationToken)
            : Problem.NotFound("template", templateId);

    /// <summary>What a template not stored yet gives for a contact, or for sample data.</summary>
    public async Task<Result<RenderedEmail>> PreviewAsync(TemplateSource source, long? contactId, CancellationToken cancellationToken)
    {
        if (_languages.Check(source) is { } problem)
        {
            return problem;
        }

        Contact? contact = null;
        if (contactId is { } id)
        {
            contact = await _contacts.GetAsync(id, cancellationToken);
            if (contact is null)
            {
                return Problem.NotFound("contact", id);
            }
        }

        try
        {
            return _languages.Compile(source).Render(new Recipient(RecipientFields.ForPreview(contact), _time.GetUtcNow()));
        }
        catch (TemplateException exception)
        {
            return new Problem(ProblemKind.Invalid, exception.Message);
        }
    }

    private Problem? Check(string name, TemplateSource source) => TemplateRules.Check(name, source) ?? _languages.Check(source);
}
