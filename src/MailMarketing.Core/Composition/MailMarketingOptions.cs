namespace MailMarketing;

/// <summary>What the whole installation has in common.</summary>
public class MailMarketingOptions
{
    /// <summary>
    /// Where recipients reach the public pages: an absolute http or https address, a path allowed, no query. Null (the default) leaves
    /// emails without links of ours.
    /// </summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// The selector that the gateway signs messages with (DKIM), such as <c>s1</c> of <c>s1._domainkey.example.org</c>; null (the default)
    /// where it is not known. Only looked up before a campaign starts.
    /// </summary>
    public string? DkimSelector { get; set; }

    /// <summary>How large an image may be that is uploaded, in bytes: 1024 to 10485760; default 1048576 (1 MiB).</summary>
    public int MaxMediaBytes { get; set; } = 1024 * 1024;

    /// <summary>How many files an email may carry: 0 to 20; default 5.</summary>
    public int MaxAttachments { get; set; } = 5;

    /// <summary>
    /// How large the files of an email may be together, in bytes: 1024 to 7340032 (7 MiB); default 2097152 (2 MiB). A message with its
    /// files has at most 10 MiB, and files grow by a third on their way.
    /// </summary>
    public int MaxAttachmentBytes { get; set; } = 2 * 1024 * 1024;

    /// <summary>
    /// How long the deliveries of a campaign are kept once it has ended, from one day; null (the default) for ever. The campaign itself
    /// stays, with how many deliveries ended in which state.
    /// </summary>
    public TimeSpan? KeepDeliveries { get; set; }

    /// <summary>How the engine takes its work.</summary>
    public SendingOptions Sending { get; set; } = new();
}
