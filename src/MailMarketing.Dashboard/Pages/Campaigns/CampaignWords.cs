using System.Globalization;

namespace MailMarketing.Dashboard.Pages.Campaigns;

/// <summary>What the pages say and ask of a campaign in the same way.</summary>
internal static class CampaignWords
{
    private const string Unsure = "An email of which nobody can tell whether it went out, as when the connection breaks in the middle,";

    /// <summary>Whether anything of it can change by itself.</summary>
    public static bool IsUnderWay(this Campaign campaign) =>
        campaign.State == CampaignState.Scheduled || (campaign.StartedAt is not null && !campaign.IsChecked());

    /// <summary>Whether deliveries of it can be tried again.</summary>
    public static bool CanRetry(this Campaign campaign) =>
        campaign.State is CampaignState.Running or CampaignState.Paused or CampaignState.Completed;

    /// <summary>Whether deliveries of it can be told to have been sent.</summary>
    public static bool CanConfirm(this Campaign campaign) => campaign.StartedAt is not null;

    public static string Of(SendPolicy policy) => policy == SendPolicy.AtLeastOnce
        ? "Rather twice than not at all"
        : "Rather not at all than twice";

    public static string Explain(SendPolicy policy) => policy == SendPolicy.AtLeastOnce
        ? $"{Unsure} is sent again. A few people may get it twice."
        : $"{Unsure} is not sent again. It is listed as unknown until you say what became of it.";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Emails(long number) => number == 1 ? "1 email" : $"{Number(number)} emails";

    public static string People(long number) => number == 1 ? "1 person" : $"{Number(number)} people";

    // The check comes a moment after the end
    private static bool IsChecked(this Campaign campaign) =>
        campaign.CompletedAt is { } end && campaign.Reconciliation is { } found && found.CheckedAt >= end;
}
