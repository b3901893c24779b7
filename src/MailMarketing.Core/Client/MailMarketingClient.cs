namespace MailMarketing;

/// <summary>All that an app can do: contacts, segments, templates, campaigns, their deliveries, and the sender's settings. Thread-safe.</summary>
public sealed class MailMarketingClient
{
    private readonly UnsubscribeLinks _links;
    private readonly SingleSender _sender;

    internal MailMarketingClient(
        ContactsClient contacts, SegmentsClient segments, TemplatesClient templates, CampaignsClient campaigns,
        DeliveriesClient deliveries, SettingsClient settings, MediaClient media, AttachmentsClient attachments, AuditClient audit,
        UnsubscribeLinks links, SingleSender sender)
    {
        Contacts = contacts;
        Segments = segments;
        Templates = templates;
        Campaigns = campaigns;
        Deliveries = deliveries;
        Settings = settings;
        Media = media;
        Attachments = attachments;
        Audit = audit;
        _links = links;
        _sender = sender;
    }

    /// <summary>People, imports of them, and addresses that get no campaign.</summary>
    public ContactsClient Contacts { get; }

    /// <summary>Named audiences.</summary>
    public SegmentsClient Segments { get; }

    /// <summary>What is sent.</summary>
    public TemplatesClient Templates { get; }

    /// <summary>What is sent to whom, and the commands to it.</summary>
    public CampaignsClient Campaigns { get; }

    /// <summary>What became of each recipient.</summary>
    public DeliveriesClient Deliveries { get; }

    /// <summary>Who it is from and how it goes out.</summary>
    public SettingsClient Settings { get; }

    /// <summary>Images that emails show.</summary>
    public MediaClient Media { get; }

    /// <summary>Files that emails carry.</summary>
    public AttachmentsClient Attachments { get; }

    /// <summary>Who changed what, and when.</summary>
    public AuditClient Audit { get; }

    /// <summary>
    /// Sends one email outside of any campaign, such as a test or a link for somebody who signs in; gives it back once the gateway took it
    /// or, where the sending side is another process, once it is stored there. Invalid where it has mistakes, Conflict where it cannot be
    /// made (as without a From), Unavailable where it was not taken. It is tried once and never repeated by itself in this process.
    /// </summary>
    public Task<Result<SingleEmail>> SendAsync(SingleEmail email, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(email);
        return _sender.SendAsync(email, cancellationToken);
    }

    /// <summary>
    /// Unsubscribes whom an email's unsubscribe link names; false where the token is not one of ours. True again and again, and
    /// for a contact deleted since: nothing is left to do.
    /// </summary>
    public async Task<bool> UnsubscribeByTokenAsync(string token, CancellationToken cancellationToken)
    {
        if (!_links.TryRead(token, out _, out var contactId))
        {
            return false;
        }

        Actor.Current = new Actor("recipient", Actor.Current.Address);
        await Contacts.UnsubscribeAsync(contactId, cancellationToken);
        return true;
    }
}
