namespace MailMarketing;

/// <summary>Campaigns start, by a person or at their time.</summary>
public sealed partial class CampaignsClient
{
    /// <summary>
    /// Freezes content and audience and begins to send: NotFound; Invalid with <see cref="Problem.Mistakes"/> where the template is not
    /// fit; Conflict without From, credentials, the contact source or recipients, or with a From that gateways refuse; Unavailable where
    /// the sending side cannot be asked or the contact source failed. Nothing is changed then.
    /// </summary>
    public Task<Result<Campaign>> StartAsync(long id, CancellationToken cancellationToken) => StartAsync(id, null, null, cancellationToken);

    /// <summary>
    /// The same, held to a dry run: it is run again, and where it finds anything else the start is a Conflict that tells the numbers.
    /// Invalid on <c>manifest</c> where it is none, and on <c>at</c>.
    /// </summary>
    /// <param name="id">The campaign.</param>
    /// <param name="manifest">The dry run's <see cref="DryRun.Manifest"/>; null to start whatever it finds.</param>
    /// <param name="at">The templates' clock, as the dry run had it; within 366 days of now, which null stands for.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="MailMarketingException">The contact source failed while the dry run was run again; nothing was changed.</exception>
    public async Task<Result<Campaign>> StartAsync(long id, string? manifest, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var mistake = (manifest is null ? null : DryRunRules.Judge(manifest)) ?? DryRunRules.Judge(at, _time.GetUtcNow());
        if (mistake is not null)
        {
            return mistake;
        }

        var allowed = await AllowAsync(id, CampaignCommand.Start, cancellationToken);
        return allowed.Succeeded ? await StartAsync(allowed.Value, manifest, at, cancellationToken) : allowed;
    }

    /// <summary>
    /// Has a draft start by itself at a time, or a scheduled campaign at another one: NotFound, Conflict, Invalid on <c>at</c> where that
    /// has passed. A campaign that cannot start then is a draft again, and <see cref="Campaign.StartProblem"/> says why.
    /// </summary>
    public async Task<Result<Campaign>> ScheduleAsync(long id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Who says "now" is late by the time of the call, and clocks differ a little.
        if (at < _time.GetUtcNow().AddMinutes(-1))
        {
            return Problem.Invalid("at", "The time to start at has passed: choose one to come, or start the campaign.");
        }

        return await _audit.NoteAsync(_schedule.ScheduleAsync(id, at, cancellationToken), "campaign.schedule", Subject, _ => new { at });
    }

    /// <summary>Takes the time of a scheduled campaign away, and it is a draft again: NotFound, or Conflict.</summary>
    public Task<Result<Campaign>> UnscheduleAsync(long id, CancellationToken cancellationToken) =>
        _audit.NoteAsync(_schedule.UnscheduleAsync(id, cancellationToken), "campaign.unschedule", Subject);

    /// <summary>
    /// Does all that a start would do but send: writes a line of JSON for each recipient to <paramref name="output"/>, contacts by id, with
    /// the decision and the SHA-256 of the message, and at last one with the total. NotFound, or as for starting, and then nothing is
    /// written. What it came to is kept as <see cref="Campaign.DryRun"/>.
    /// </summary>
    /// <param name="id">A campaign that has not started.</param>
    /// <param name="at">The templates' clock, within 366 days of now, which null stands for; another is Invalid on <c>at</c>.</param>
    /// <param name="output">Written to as recipients are looked at, in constant memory; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MailMarketingException">The contact source failed.</exception>
    public async Task<Result<DryRun>> DryRunAsync(long id, DateTimeOffset? at, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (DryRunRules.Judge(at, _time.GetUtcNow()) is { } mistake)
        {
            return mistake;
        }

        var allowed = await AllowAsync(id, CampaignCommand.Start, cancellationToken);
        if (!allowed.Succeeded)
        {
            return allowed.Problem;
        }

        var content = await FreezeAsync(allowed.Value, at, cancellationToken);
        if (!content.Succeeded)
        {
            return content.Problem;
        }

        var run = await RunDryAsync(allowed.Value, content.Value, at, output, cancellationToken);
        await _campaigns.SaveDryRunAsync(id, run, cancellationToken);
        return run;
    }

    /// <summary>
    /// Looks at everything that a person should know before a campaign starts: makes every email once, in constant memory, and asks DNS
    /// about the From domain. Changes nothing, and keeps nothing from starting. NotFound; Conflict once it has started; Unavailable where
    /// its contact source failed.
    /// </summary>
    public async Task<Result<Preflight>> PreflightAsync(long id, CancellationToken cancellationToken)
    {
        var allowed = await AllowAsync(id, CampaignCommand.Start, cancellationToken);
        if (!allowed.Succeeded)
        {
            return allowed.Problem;
        }

        var content = await FreezeAsync(allowed.Value, null, cancellationToken);
        if (!content.Succeeded)
        {
            return PreflightRunner.Refused(content.Problem);
        }

        var draft = allowed.Value.Draft;
        try
        {
            return await _preflights.RunAsync(draft, content.Value, PeopleOf(draft, cancellationToken), cancellationToken);
        }
        catch (ContactSourceException failure)
        {
            return Problem.Unavailable(failure.Message);
        }
    }

    /// <summary>
    /// Sends what a campaign that has not started would send to a contact, once and to any address; as
    /// <see cref="TemplatesClient.SendTestAsync"/>, with the campaign's own subject and by its lane. Conflict once it has started.
    /// </summary>
    public async Task<Result<RenderedEmail>> SendTestAsync(long id, string to, long? contactId, CancellationToken cancellationToken)
    {
        var allowed = await AllowAsync(id, CampaignCommand.Start, cancellationToken);
        if (!allowed.Succeeded)
        {
            return allowed.Problem;
        }

        var noted = ("campaign.test", Subject(allowed.Value));
        return await _tests.SendAsync(allowed.Value.Draft, to, contactId, noted, cancellationToken);
    }

    /// <summary>Starts a campaign as it is in hand; one that was changed since is a Conflict.</summary>
    internal async Task<Result<Campaign>> StartAsync(
        Campaign campaign, string? manifest, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var content = await FreezeAsync(campaign, at, cancellationToken);
        if (!content.Succeeded)
        {
            return content.Problem;
        }

        long? recipients = null;
        if (manifest is not null)
        {
            var run = await RunDryAsync(campaign, content.Value, at, Stream.Null, cancellationToken);
            if (run.Manifest != manifest)
            {
                return DryRunRules.Differs(campaign, manifest, run);
            }

            recipients = run.Total;
        }

        var request = new StartRequest(content.Value, campaign.Revision) { Recipients = recipients };
        try
        {
            return await _audit.NoteAsync(
                _bell.AfterAsync(_campaigns.StartAsync(campaign.Id, request, PeopleOf(campaign.Draft, cancellationToken), cancellationToken)),
                "campaign.start", Subject, started => new { started.Counts.Planned });
        }
        catch (ContactSourceException failure)
        {
            return Problem.Unavailable(failure.Message);
        }
    }

    private async Task<Result<FrozenContent>> FreezeAsync(Campaign campaign, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var draft = campaign.Draft;
        var content = await _preflight.FreezeAsync(draft, cancellationToken);
        if (!content.Succeeded)
        {
            return content;
        }

        if (draft.Source is { } source && _sources.Judge(source) is { } mistake)
        {
            return Problem.Conflict(mistake);
        }

        return at is { } clock ? content.Value with { FrozenAt = clock } : content;
    }

    private Task<DryRun> RunDryAsync(
        Campaign campaign, FrozenContent content, DateTimeOffset? at, Stream output, CancellationToken cancellationToken) =>
        _dryRuns.RunAsync(campaign.Draft, content, PeopleOf(campaign.Draft, cancellationToken), at, output, cancellationToken);
}
