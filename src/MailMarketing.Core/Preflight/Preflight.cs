namespace MailMarketing;

/// <summary>What there is to know of a campaign before it starts.</summary>
/// <param name="Items">Everything that was looked at, what is well too.</param>
public sealed record Preflight(IReadOnlyList<PreflightItem> Items)
{
    /// <summary>The worst of all; <see cref="PreflightLevel.Ok"/> where everything is well.</summary>
    public PreflightLevel Level => Items.Select(item => item.Level).DefaultIfEmpty().Max();
}
