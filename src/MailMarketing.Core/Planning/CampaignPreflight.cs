using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Looks whether a campaign can start, and freezes what it starts with.</summary>
internal sealed class CampaignPreflight(
    ITemplateStore templates, CodeTemplates code, TemplateLanguages languages, TemplateBuilds builds, AttachmentsClient attachments,
    AttachmentFiles files, SettingsClient settings, IRemoteSender? remote, IOptions<MailMarketingOptions> options, TimeProvider time)
{
    /// <summary>What the campaign would send, or the first thing that is missing and its remedy.</summary>
    public async Task<Result<FrozenContent>> FreezeAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (await FindAsync(draft, cancellationToken) is not { } template)
        {
            return Problem.Conflict(Gone(draft));
        }

        if (template.Source.Kind != TemplateKind.Email)
        {
            return Problem.Conflict($"Template {template.Name} is a part of emails and none itself: choose another template.");
        }

        var build = await builds.BuildAsync(WithSubject(template.Source, draft.Subject), cancellationToken);
        if (!build.Succeeded)
        {
            return build.Problem;
        }

        var sender = await settings.GetAsync(cancellationToken);
        if (!sender.Succeeded)
        {
            return sender.Problem;
        }

        if (sender.Value.From is null)
        {
            return Problem.Conflict("No From address is set: set one in the settings first.");
        }

        if (FreeMail.Judge(sender.Value.From.Email) is { } notOurs)
        {
            return Problem.Conflict(notOurs);
        }

        if (JudgeLane(draft.Lane, sender.Value) is { } problem)
        {
            return problem;
        }

        List<Attachment> attached = [.. template.Source.Attachments ?? [], .. draft.Attachments ?? []];
        if (JudgeFiles(attached, draft.Lane, sender.Value) is { } unfit)
        {
            return unfit;
        }

        var content = new FrozenContent
        {
            Source = build.Value.Source! with { Attachments = null },
            ReadsSegments = languages.Reads(build.Value.Source!, TemplateFields.Segments),
            Attachments = attached,
            From = sender.Value.From,
            Headers = sender.Value.Headers,
            PublicUrl = options.Value.PublicUrl,
            FrozenAt = time.GetUtcNow(),
        };
        if (remote?.Judge(content) is { } refusal)
        {
            return refusal;
        }

        await attachments.KeepAsync(attached, cancellationToken);
        content = await files.LoadAsync(content, cancellationToken);
        return content.Attachments.FirstOrDefault(file => !file.IsLoaded) is { } gone
            ? Problem.Conflict($"The attached file {gone.Name} is not stored any more: attach it again.")
            : content;
    }

    /// <summary>What a person should know before starting; nothing of it keeps the campaign from starting.</summary>
    public async Task<IReadOnlyList<string>> WarningsAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (await FindAsync(draft, cancellationToken) is not { } template)
        {
            return [Gone(draft)];
        }

        // The link may stand in a layout; built only then, since who follows a campaign asks often.
        if (!HasLink(template.Source) && !HasLink((await builds.BuildAsync(template.Source, cancellationToken)).Value?.Source))
        {
            return ["The template has no unsubscribe link: put {{ unsubscribe_url }} into it."];
        }

        return options.Value.PublicUrl is null
            ? ["PublicUrl is not set, so that links in the email lead nowhere: set MailMarketingOptions.PublicUrl."]
            : [];
    }

    private async Task<(string Name, TemplateSource Source)?> FindAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (draft.TemplateName is { } name)
        {
            return code.Find(name) is { } brought ? (brought.Name, brought.Source) : null;
        }

        return await templates.GetAsync(draft.TemplateId ?? 0, cancellationToken) is { } stored ? (stored.Name, stored.Source) : null;
    }

    private static string Gone(CampaignDraft draft) => draft.TemplateName is { } name
        ? $"Template {name} is not in the app's code any more: choose another template for the campaign."
        : $"Template {draft.TemplateId} was deleted: choose another template for the campaign.";

    // A campaign's own subject counts in every language.
    private static TemplateSource WithSubject(TemplateSource source, string? subject) => subject is null ? source : source with
    {
        Subject = subject,
        Translations = source.Translations?.ToDictionary(one => one.Key, one => one.Value with { Subject = subject }),
    };

    private static bool HasLink(TemplateSource? source) => Mentions(source?.Html) || Mentions(source?.Text);

    private static bool Mentions(string? part) => part?.Contains("unsubscribe_url", StringComparison.Ordinal) == true;

    private Problem? JudgeFiles(List<Attachment> attached, string? name, SenderSettingsView sender)
    {
        if (attached.Count == 0)
        {
            return null;
        }

        // A sending side that does not tell its lanes does not know files either
        var lane = name is null ? (sender.Lanes is [var first, ..] ? first : null) : sender.Lanes.FirstOrDefault(lane => lane.Name == name);
        return lane is not { Attachments: true }
            ? Problem.Conflict(
                $"{(lane is null ? "The sending side" : $"Lane {lane.Name}")} carries no files, and this email has some: take them out, or "
                + "send through a lane whose gateway carries them (SupportsAttachments).")
            : (AttachmentRules.Judge(attached) ?? attachments.JudgeAmount(attached)) is { } mistake ? Problem.Conflict(mistake) : null;
    }

    private static Problem? JudgeLane(string? name, SenderSettingsView sender)
    {
        const string Remedy = "set user and password in the settings first.";
        if (sender.Lanes.Count == 0)
        {
            // A sending side that does not tell its lanes still tells whether it has credentials.
            return sender.AuthConfigured ? null : Problem.Conflict($"The gateway has no credentials: {Remedy}");
        }

        var lane = name is null ? sender.Lanes[0] : sender.Lanes.FirstOrDefault(lane => lane.Name == name);
        if (lane is null)
        {
            var known = string.Join(", ", sender.Lanes.Select(known => known.Name));
            return Problem.Conflict($"There is no lane {name} any more: choose one of {known} for the campaign.");
        }

        return lane.Configured ? null : Problem.Conflict($"Lane {lane.Name} has no credentials: {Remedy}");
    }
}
