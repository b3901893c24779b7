namespace MailMarketing;

/// <summary>Sends an email as a campaign would, to somebody who wants to look at it first. Nothing counts it.</summary>
internal sealed class TestSender(
    CampaignPreflight preflight, SingleSender sender, IContactStore contacts, ISegmentStore segments, TemplateLanguages languages,
    AuditClient audit)
{
    /// <summary>What tells programs that it is a test.</summary>
    public const string Header = "X-MailMarketing-Test";

    /// <summary>What tells people.</summary>
    public const string Prefix = "[Test] ";

    /// <summary>Freezes a draft and sends it once, with the data of a contact and links that lead nowhere; gives what was sent.</summary>
    /// <param name="draft">What to send.</param>
    /// <param name="to">The address it goes to.</param>
    /// <param name="contactId">Whose data it shows; null for sample data.</param>
    /// <param name="noted">Action and subject in the audit log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<RenderedEmail>> SendAsync(
        CampaignDraft draft, string? to, long? contactId, (string Action, string Subject) noted, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(to, out var address, out var mistake))
        {
            return Problem.Invalid("to", mistake);
        }

        var contact = contactId is { } id ? await contacts.GetAsync(id, cancellationToken) : null;
        if (contact is null && contactId is not null)
        {
            return Problem.NotFound("contact", contactId.Value);
        }

        var frozen = await preflight.FreezeAsync(draft, cancellationToken);
        if (!frozen.Succeeded)
        {
            return frozen.Problem;
        }

        var content = Marked(frozen.Value);
        var names = contact is null ? [] : await segments.NamesOfAsync(contact.Id, cancellationToken);
        var fields = new Dictionary<string, object?>(RecipientFields.ForPreview(contact, names)) { ["email"] = address.Value };
        RenderedEmail rendered;
        try
        {
            rendered = languages.Compile(content.Source).Render(new Recipient(fields, content.FrozenAt));
        }
        catch (TemplateException exception)
        {
            return new Problem(ProblemKind.Invalid, exception.Message);
        }

        if (await sender.SendAsync(content, fields, draft.Lane, cancellationToken) is { } problem)
        {
            return problem;
        }

        await audit.RecordAsync(
            noted.Action, noted.Subject, null, new { to = MaskedAddress.Of(address), contactId }, CancellationToken.None);
        return rendered;
    }

    private static FrozenContent Marked(FrozenContent content) => content with
    {
        Source = content.Source with
        {
            Subject = Prefix + content.Source.Subject,
            Translations = content.Source.Translations?.ToDictionary(
                one => one.Key, one => one.Value with { Subject = Prefix + one.Value.Subject }),
        },
        Headers = new Dictionary<string, string>(content.Headers, StringComparer.OrdinalIgnoreCase) { [Header] = "1" },
    };
}
