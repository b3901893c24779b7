namespace MailMarketing;

/// <summary>Makes every email of a campaign once, and looks at them, at their content and at the domain they are from.</summary>
internal sealed class PreflightRunner(DryRunner dryRuns, DomainCheck domain)
{
    public async Task<Preflight> RunAsync(
        CampaignDraft draft, FrozenContent content, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        var ofDomain = domain.LookAsync(content.From!.Email, cancellationToken);
        var recipients = new RecipientCheck();
        await foreach (var part in dryRuns.ReadAsync(draft, content, people, cancellationToken))
        {
            foreach (var (member, prepared) in part)
            {
                recipients.Add(member, prepared);
            }
        }

        return new Preflight(
        [
            .. recipients.Items(), .. ContentCheck.Of(recipients.Samples), .. AttachmentCheck.Of(content.Attachments), .. await ofDomain,
        ]);
    }

    /// <summary>What keeps a campaign from starting, as the one thing that can be told of it yet.</summary>
    public static Preflight Refused(Problem problem) => new(
    [
        PreflightItem.Error("start", "The campaign cannot start yet", problem.Detail, "Mend this first; everything else is looked at after it."),
    ]);
}
