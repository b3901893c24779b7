namespace MailMarketing;

/// <summary>All that an app can do: contacts, segments, templates, campaigns, their deliveries, and the sender's settings. Thread-safe.</summary>
public sealed class MailMarketingClient
{
    private readonly UnsubscribeLinks _links;

    internal MailMarketingClient(
        ContactsClient contacts, SegmentsClient segments, TemplatesClient templates, CampaignsClient campaigns,
        DeliveriesClient deliveries, SettingsClient settings, AuditClient audit, UnsubscribeLinks links)
    {
        Contacts = contacts;
        Segments = segments;
        Templates = templates;
        Campaigns = campaigns;
        Deliveries = deliveries;
        Settings = settings;
        Audit = audit;
        _links = links;
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

    /// <summary>Who changed what, and when.</summary>
    public AuditClient Audit { get; }

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

        await Contacts.UnsubscribeAsync(contactId, cancellationToken);
        return true;
    }
}
