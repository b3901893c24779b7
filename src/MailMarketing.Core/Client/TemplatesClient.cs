namespace MailMarketing;

/// <summary>What is sent: subject, HTML and text with placeholders.</summary>
public sealed class TemplatesClient
{
    private readonly ITemplateStore _templates;
    private readonly IContactStore _contacts;
    private readonly ISegmentStore _segments;
    private readonly TemplateLanguages _languages;
    private readonly TemplateBuilds _builds;
    private readonly TemplateWords _words;
    private readonly CodeTemplates _code;
    private readonly AttachmentsClient _attachments;
    private readonly TestSender _tests;
    private readonly AuditClient _audit;
    private readonly TimeProvider _time;

    internal TemplatesClient(
        ITemplateStore templates, IContactStore contacts, ISegmentStore segments, TemplateLanguages languages, TemplateBuilds builds,
        TemplateWords words, CodeTemplates code, AttachmentsClient attachments, TestSender tests, AuditClient audit, TimeProvider time)
    {
        (_templates, _contacts, _segments, _languages, _builds, _words) = (templates, contacts, segments, languages, builds, words);
        (_code, _attachments, _tests, _audit, _time) = (code, attachments, tests, audit, time);
    }

    /// <summary>The languages that a template can be written in, in the order they were registered; the first is the usual one.</summary>
    public IReadOnlyList<string> Languages => _languages.Names;

    /// <summary>What can be written in the tags of a language, for an editor to offer; a language that is not registered has fields alone.</summary>
    public Task<TemplateVocabulary> VocabularyAsync(string language, CancellationToken cancellationToken) =>
        _words.OfAsync(language, cancellationToken);

    /// <summary>The emails that the app brings along in code, by name; campaigns choose them too.</summary>
    public IReadOnlyList<CodeTemplate> InCode => _code.Emails;

    /// <summary>The email in code of this name, whatever its case, or null.</summary>
    public CodeTemplate? FindInCode(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _code.Find(name);
    }

    /// <summary>
    /// Adds a template: Invalid on <c>name</c>, <c>subject</c>, <c>html</c>, <c>text</c>, <c>language</c> or <c>attachments</c>,
    /// with <see cref="Problem.Mistakes"/> where the language finds some; Conflict on <c>name</c>.
    /// </summary>
    public async Task<Result<EmailTemplate>> AddAsync(string name, TemplateSource source, CancellationToken cancellationToken)
    {
        var valid = await CheckAsync(name, source, cancellationToken);
        return valid.Succeeded
            ? await _audit.NoteAsync(_templates.AddAsync(name.Trim(), valid.Value, cancellationToken), "template.add", Subject, Noted)
            : valid.Problem;
    }

    /// <summary>Replaces a template: NotFound, or as for adding. Campaigns already started keep what they froze.</summary>
    public async Task<Result<EmailTemplate>> UpdateAsync(long id, string name, TemplateSource source, CancellationToken cancellationToken)
    {
        var valid = await CheckAsync(name, source, cancellationToken);
        return valid.Succeeded ? await ChangeAsync(id, name, valid.Value, cancellationToken) : valid.Problem;
    }

    /// <summary>The template, or null.</summary>
    public Task<EmailTemplate?> GetAsync(long id, CancellationToken cancellationToken) => _templates.GetAsync(id, cancellationToken);

    /// <summary>Deletes a template; false where there is none. Campaigns already started are not touched.</summary>
    public Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_templates.DeleteAsync(id, cancellationToken), "template.delete", $"template {id}");

    /// <summary>A page of templates by id: Invalid on <c>limit</c> or <c>cursor</c>.</summary>
    public Task<Result<Page<EmailTemplate>>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        PageRules.ReadAsync(page, () => _templates.ListAsync(page, cancellationToken));

    /// <summary>How many templates there are.</summary>
    public Task<long> CountAsync(CancellationToken cancellationToken) => _templates.CountAsync(cancellationToken);

    /// <summary>Judges a template as adding it would, and stores nothing.</summary>
    public async Task<Result<TemplateSource>> CheckAsync(TemplateSource source, CancellationToken cancellationToken) =>
        (await _builds.BuildAsync(source, cancellationToken)).Problem is { } problem
            ? problem
            : await CheckFilesAsync(source, cancellationToken);

    /// <summary>What may not come out as the author means; empty where there is nothing, or where mistakes come first.</summary>
    public async Task<IReadOnlyList<TemplateMistake>> WarningsAsync(TemplateSource source, CancellationToken cancellationToken) =>
        (await _builds.BuildAsync(source, cancellationToken)).Value?.Mistakes ?? [];

    /// <summary>
    /// The template as a campaign that starts now would freeze it, all that it names in it: Invalid with <see cref="Problem.Mistakes"/>.
    /// </summary>
    public async Task<Result<TemplateSource>> BuildAsync(TemplateSource source, CancellationToken cancellationToken)
    {
        var build = await _builds.BuildAsync(source, cancellationToken);
        return build.Succeeded ? build.Value.Source! : build.Problem;
    }

    /// <summary>
    /// Saves a template with <c>{name}</c> placeholders anew in Scriban, so that it gives the same emails: NotFound, or Conflict where it
    /// is written in another language already.
    /// </summary>
    public async Task<Result<EmailTemplate>> ConvertAsync(long id, CancellationToken cancellationToken) =>
        await _templates.GetAsync(id, cancellationToken) switch
        {
            null => Problem.NotFound("template", id),
            { Source.Language: "braces" } found => await UpdateAsync(id, found.Name, BracesConversion.ToScriban(found.Source), cancellationToken),
            var other => Problem.Conflict($"Template {other.Name} is written in {other.Source.Language}; only braces can be converted."),
        };

    /// <summary>Every saved version of a template, the newest first; empty where there is no such template.</summary>
    public Task<IReadOnlyList<TemplateVersion>> ListVersionsAsync(long id, CancellationToken cancellationToken) =>
        _templates.ListVersionsAsync(id, cancellationToken);

    /// <summary>One saved version, or null.</summary>
    public Task<TemplateVersion?> GetVersionAsync(long id, int version, CancellationToken cancellationToken) =>
        _templates.GetVersionAsync(id, version, cancellationToken);

    /// <summary>The lines that changed from one version to another: NotFound where there is none of the two.</summary>
    public async Task<Result<TemplateComparison>> CompareAsync(long id, int from, int to, CancellationToken cancellationToken)
    {
        if (await _templates.GetVersionAsync(id, from, cancellationToken) is not { } before)
        {
            return NoVersion(id, from);
        }

        return await _templates.GetVersionAsync(id, to, cancellationToken) is { } after
            ? new TemplateComparison(from, to, LineDiff.Of(before, after))
            : NoVersion(id, to);
    }

    /// <summary>
    /// Saves a template again as it was in a version: NotFound, or as for changing it, since what it names may be gone. Running campaigns
    /// keep what they froze.
    /// </summary>
    public async Task<Result<EmailTemplate>> RestoreAsync(long id, int version, CancellationToken cancellationToken) =>
        await _templates.GetVersionAsync(id, version, cancellationToken) is { } kept
            ? await UpdateAsync(id, kept.Name, kept.Source, cancellationToken)
            : NoVersion(id, version);

    /// <summary>What a stored template gives for a contact, or for sample data: NotFound, or Invalid where it does not render.</summary>
    public async Task<Result<RenderedEmail>> PreviewAsync(long templateId, long? contactId, CancellationToken cancellationToken) =>
        await _templates.GetAsync(templateId, cancellationToken) is { } template
            ? await PreviewAsync(template.Source, contactId, cancellationToken)
            : Problem.NotFound("template", templateId);

    /// <summary>What a template not stored yet gives for a contact, or for sample data.</summary>
    public async Task<Result<RenderedEmail>> PreviewAsync(TemplateSource source, long? contactId, CancellationToken cancellationToken)
    {
        var build = await _builds.BuildAsync(source, cancellationToken);
        if (!build.Succeeded)
        {
            return build.Problem;
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

        var names = contact is null ? [] : await _segments.NamesOfAsync(contact.Id, cancellationToken);
        return Render(build.Value.Source!, RecipientFields.ForPreview(contact, names));
    }

    /// <summary>
    /// What a template not stored yet gives for each of these people, who need not be contacts (<see cref="SampleContacts"/> has some), in
    /// their order. Invalid for all of them where it has mistakes, and for one alone where it does not render for that one.
    /// </summary>
    public async Task<IReadOnlyList<Result<RenderedEmail>>> PreviewEachAsync(
        TemplateSource source, IReadOnlyList<SampleContact> people, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(people);
        var build = await _builds.BuildAsync(source, cancellationToken);
        return [.. people.Select(person => build.Succeeded
            ? Render(build.Value.Source!, TemplateFields.PreviewOf(person)) : build.Problem)];
    }

    /// <summary>
    /// Sends a stored template once, as a campaign would send it to a contact, by the first lane; gives what was sent. Its subject begins
    /// with <c>[Test]</c>, its links lead nowhere, and nothing counts it. Invalid on <c>to</c>, or where it does not render; NotFound;
    /// Conflict without From or credentials; Unavailable where the sending side cannot be reached or the gateway does not take it.
    /// </summary>
    /// <param name="id">The template.</param>
    /// <param name="to">The address it goes to, which the template's <c>email</c> stands for too.</param>
    /// <param name="contactId">Whose data it shows; null for sample data.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<RenderedEmail>> SendTestAsync(long id, string to, long? contactId, CancellationToken cancellationToken)
    {
        if (await _templates.GetAsync(id, cancellationToken) is not { } template)
        {
            return Problem.NotFound("template", id);
        }

        var draft = new CampaignDraft { Name = template.Name, TemplateId = id };
        return await _tests.SendAsync(draft, to, contactId, ("template.test", Subject(template)), cancellationToken);
    }

    private Result<RenderedEmail> Render(TemplateSource built, IReadOnlyDictionary<string, object?> fields)
    {
        try
        {
            return _languages.Compile(built).Render(new Recipient(fields, _time.GetUtcNow()));
        }
        catch (TemplateException exception)
        {
            return new Problem(ProblemKind.Invalid, exception.Message);
        }
    }

    private async Task<Result<TemplateSource>> CheckAsync(string name, TemplateSource source, CancellationToken cancellationToken) =>
        TemplateRules.Check(name, source) is { } problem ? problem : await CheckAsync(source, cancellationToken);

    private async Task<Result<TemplateSource>> CheckFilesAsync(TemplateSource source, CancellationToken cancellationToken)
    {
        if (source.Attachments is null)
        {
            return source;
        }

        var files = await _attachments.CheckAsync(source.Attachments, cancellationToken);
        return files.Succeeded ? source with { Attachments = files.Value.Count == 0 ? null : files.Value } : files.Problem;
    }

    private static Problem NoVersion(long id, int version) =>
        new(ProblemKind.NotFound, $"There is no version {version} of template {id}; its list of versions tells which there are.");

    private async Task<Result<EmailTemplate>> ChangeAsync(long id, string name, TemplateSource source, CancellationToken cancellationToken)
    {
        var before = await _templates.GetAsync(id, cancellationToken);
        return await _audit.NoteAsync(
            _templates.UpdateAsync(id, name.Trim(), source, cancellationToken), "template.change", Subject, Noted,
            before is null ? null : Noted(before));
    }

    private static string Subject(EmailTemplate template) => $"template {template.Id} ({template.Name})";

    // The versions of a template have the whole of it
    private static object Noted(EmailTemplate template) => new { template.Name, template.Version, template.Source.Subject };
}
