using System.Globalization;

namespace MailMarketing.Dashboard.Pages.Campaigns;

/// <summary>A template that a campaign can send.</summary>
/// <param name="Id">Its number where it is stored; null for one in the app's code.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Source">What it says.</param>
public sealed record TemplateChoice(long? Id, string Name, TemplateSource Source)
{
    /// <summary>Where it is read; null for one in code, which has no page.</summary>
    public string? Address => Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"templates/{id}") : null;

    /// <summary>Where it comes from, in lists; null for a stored one, as most are.</summary>
    public string? Origin => Id is null ? "in code" : null;

    internal static TemplateChoice Of(EmailTemplate stored) => new(stored.Id, stored.Name, stored.Source);

    internal static TemplateChoice Of(CodeTemplate brought) => new(null, brought.Name, brought.Source);

    /// <summary>The one that a draft names, or null where it is gone.</summary>
    internal static async Task<TemplateChoice?> FindAsync(
        TemplatesClient templates, CampaignDraft draft, CancellationToken cancellationToken)
    {
        if (draft.TemplateName is { } name)
        {
            return templates.FindInCode(name) is { } brought ? Of(brought) : null;
        }

        return draft.TemplateId is { } id && await templates.GetAsync(id, cancellationToken) is { } stored ? Of(stored) : null;
    }
}
