namespace MailMarketing;

/// <summary>What the whole installation has in common.</summary>
public class MailMarketingOptions
{
    /// <summary>
    /// Where recipients reach the public pages: an absolute http or https address, a path allowed, no query. Null (the default) leaves
    /// emails without links of ours.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>How the engine takes its work.</summary>
    public SendingOptions Sending { get; set; } = new();
}
