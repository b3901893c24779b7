using System.Globalization;
using System.Text.RegularExpressions;

namespace MailMarketing;

/// <summary>What a start that is held to a dry run says of it.</summary>
internal static partial class DryRunRules
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>What is wrong with a manifest; null where it could be one.</summary>
    public static Problem? Judge(string manifest) => Manifest().IsMatch(manifest)
        ? null
        : Problem.Invalid(
            "manifest", "The manifest must be sha256: and 64 digits of 0 to 9 and a to f, as the last line of a dry run has it.");

    /// <summary>What is wrong with a clock for templates; null where it can be one.</summary>
    public static Problem? Judge(DateTimeOffset? at, DateTimeOffset now) => at is null || (now - at.Value).Duration() <= Farthest
        ? null
        : Problem.Invalid("at", $"The templates' clock must be within {Farthest.Days} days of now.");

    /// <summary>How a campaign differs from the dry run that it is held to.</summary>
    public static Problem Differs(Campaign campaign, string manifest, DryRun now)
    {
        var then = campaign.DryRun is { } known && known.Manifest == manifest
            ? $"it found {Say(known)}"
            : "that is not the last dry run of it";
        return Problem.Conflict(
            $"Campaign {campaign.Id} is not what the dry run {manifest} found: {then}, and now it is {Say(now)} ({now.Manifest}). "
            + "Look at a new dry run, then start the campaign with its manifest.");
    }

    private static string Say(DryRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"{run.Total} recipients ({run.Send} to send, {run.Suppressed} suppressed, {run.Errors} with errors)");

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z")]
    private static partial Regex Manifest();
}
