using System.Globalization;

namespace MailMarketing.Dashboard.Pages.Campaigns;

/// <summary>What a person should see before starting a campaign. The client judges again when it starts; this names the remedies.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Template">Its template; null where it was deleted.</param>
/// <param name="Audience">How many people it reaches now.</param>
/// <param name="Sender">The sending side's settings; null where they cannot be had.</param>
/// <param name="Warnings">What does not keep it from starting.</param>
/// <param name="Obstacles">What does.</param>
public sealed record StartCheck(
    Campaign Campaign, TemplateChoice? Template, long Audience, SenderSettingsView? Sender, IReadOnlyList<string> Warnings,
    IReadOnlyList<StartObstacle> Obstacles)
{
    internal static async Task<StartCheck> LookAsync(MailMarketingClient client, Campaign campaign, CancellationToken cancellationToken)
    {
        var draft = campaign.Draft;
        var template = await TemplateChoice.FindAsync(client.Templates, draft, cancellationToken);
        var audience = await client.Campaigns.CountAudienceAsync(draft, cancellationToken);
        var sender = await client.Settings.GetAsync(cancellationToken);
        var warnings = await client.Campaigns.WarningsAsync(draft, cancellationToken);
        StartObstacle?[] obstacles =
        [
            JudgeAudience(campaign, audience),
            await JudgeTemplateAsync(client.Templates, campaign, template, cancellationToken),
            .. sender.Succeeded ? JudgeSender(campaign, sender.Value) : [new(sender.Problem.Detail, "settings", "Open the settings")],
        ];
        return new StartCheck(
            campaign, template, audience, sender.Value, template is null ? [] : warnings, [.. obstacles.OfType<StartObstacle>()]);
    }

    private static string Edit(Campaign campaign) => string.Create(CultureInfo.InvariantCulture, $"campaigns/{campaign.Id}/edit");

    private static StartObstacle? JudgeAudience(Campaign campaign, long audience) => (campaign.Draft.SegmentIds.Count, audience) switch
    {
        (0, _) when campaign.Draft.Source is null => new("It has no segment, so it reaches nobody.", Edit(campaign), "Choose segments"),
        (_, 0) => new("Nobody is in its segments, or all of them are left out again.", Edit(campaign), "Choose other segments"),
        _ => null,
    };

    private static async Task<StartObstacle?> JudgeTemplateAsync(
        TemplatesClient templates, Campaign campaign, TemplateChoice? template, CancellationToken cancellationToken)
    {
        if (template is null)
        {
            return new(campaign.Draft.TemplateName is null ? "Its template was deleted." : "Its template is not in code any more.", Edit(campaign), "Choose another template");
        }

        if (campaign.Draft.Subject is { } subject)
        {
            var alone = new TemplateSource { Subject = subject, Text = "-", Language = template.Source.Language };
            if ((await templates.CheckAsync(alone, cancellationToken)).Problem is { } ofSubject)
            {
                return new(ofSubject.Detail, Edit(campaign), "Mend the subject");
            }
        }

        return (await templates.CheckAsync(template.Source, cancellationToken)).Problem is { } problem
            ? template.Address is { } address
                ? new(problem.Detail, $"{address}/edit", "Mend the template")
                : new(problem.Detail, Edit(campaign), "Choose another template")
            : null;
    }

    private static IEnumerable<StartObstacle?> JudgeSender(Campaign campaign, SenderSettingsView sender)
    {
        yield return sender.From is null ? new("No From address is set.", "settings", "Set the From address") : null;
        if (sender.Lanes.Count == 0)
        {
            yield return sender.AuthConfigured ? null : new("The gateway has no credentials.", "settings", "Enter the credentials");
            yield break;
        }

        var lane = campaign.Draft.Lane is { } name ? sender.Lanes.FirstOrDefault(lane => lane.Name == name) : sender.Lanes[0];
        yield return lane switch
        {
            null => new($"There is no lane {campaign.Draft.Lane} any more.", Edit(campaign), "Choose another lane"),
            { Configured: false } => new($"Lane {lane.Name} has no credentials.", "settings", "Enter the credentials"),
            _ => null,
        };
    }
}
