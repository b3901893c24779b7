namespace MailMarketing.Core.Tests.Client;

/// <summary>Every marketing store, in lists: enough of each seam to see what the client asks of it.</summary>
internal sealed class FakeStores
    : IContactStore, ISuppressionStore, ISegmentStore, ITemplateStore, ICampaignStore, ICampaignSchedule, IDeliveryStore, ISenderSettingsStore, ISendQueue
{
    private long _ids;

    public List<Contact> Contacts { get; } = [];

    public Dictionary<long, ContactImport> Imports { get; } = [];

    public List<ContactImport> SavedImports { get; } = [];

    public List<int> Batches { get; } = [];

    public Dictionary<string, string> Suppressed { get; } = [];

    public List<Segment> Segments { get; } = [];

    public List<(long Id, TemplateVersion Version)> Versions { get; } = [];

    public List<EmailTemplate> Templates { get; } = [];

    public List<Campaign> Campaigns { get; } = [];

    public long Audience { get; set; } = 1;

    public FrozenContent? Started { get; private set; }

    /// <summary>The people given to the start; null where it had no source.</summary>
    public List<ContactData?>? Given { get; private set; }

    /// <summary>Campaigns that are kept from starting for now.</summary>
    public HashSet<long> Held { get; } = [];

    /// <summary>For how long a campaign was kept last.</summary>
    public TimeSpan? LastHold { get; private set; }

    /// <summary>Done in the middle of a start.</summary>
    public Action BeforeStart { get; set; } = () => { };

    public SenderSettings Settings { get; set; } = new();

    public Exception? UpsertFails { get; set; }

    public Reconciliation? Reconciliation { get; set; }

    public PageRequest? LastPage { get; private set; }

    Task<Result<Contact>> IContactStore.AddAsync(ContactData contact, CancellationToken cancellationToken)
    {
        var added = Make(++_ids, contact);
        Contacts.Add(added);
        return Task.FromResult<Result<Contact>>(added);
    }

    Task<Contact?> IContactStore.GetAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Contacts.Find(contact => contact.Id == id));

    Task<Result<Contact>> IContactStore.UpdateAsync(long id, ContactData contact, CancellationToken cancellationToken)
    {
        var index = Contacts.FindIndex(known => known.Id == id);
        return Task.FromResult<Result<Contact>>(index < 0 ? Problem.NotFound("contact", id) : Contacts[index] = Make(id, contact));
    }

    Task<bool> IContactStore.DeleteAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Contacts.RemoveAll(contact => contact.Id == id) > 0);

    Task<Page<Contact>> IContactStore.ListAsync(ContactQuery query, CancellationToken cancellationToken) => List(query, Contacts);

    Task<long> IContactStore.CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(Contacts.Count);

    public Task<UpsertCounts> UpsertAsync(IReadOnlyList<ContactData> contacts, long? segmentId, CancellationToken cancellationToken)
    {
        if (UpsertFails is not null)
        {
            throw UpsertFails;
        }

        Batches.Add(contacts.Count);
        Contacts.AddRange(contacts.Select(contact => Make(++_ids, contact)));
        return Task.FromResult(new UpsertCounts(contacts.Count, 0, 0));
    }

    public Task<bool> SetConsentAsync(long id, ConsentStatus status, CancellationToken cancellationToken)
    {
        var index = Contacts.FindIndex(known => known.Id == id);
        if (index >= 0)
        {
            Contacts[index] = Contacts[index] with { Status = status };
        }

        return Task.FromResult(index >= 0);
    }

    public Task<ContactImport> SaveImportAsync(ContactImport import, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var saved = import.Id == 0 ? import with { Id = ++_ids } : import;
        SavedImports.Add(saved);
        return Task.FromResult(Imports[saved.Id] = saved);
    }

    public Task<ContactImport?> GetImportAsync(long id, CancellationToken cancellationToken) => Task.FromResult(Imports.GetValueOrDefault(id));

    Task ISuppressionStore.AddAsync(EmailAddress address, string reason, CancellationToken cancellationToken)
    {
        Suppressed.TryAdd(address.Key, reason);
        return Task.CompletedTask;
    }

    Task<bool> ISuppressionStore.RemoveAsync(EmailAddress address, CancellationToken cancellationToken) =>
        Task.FromResult(Suppressed.Remove(address.Key));

    Task<Page<Suppression>> ISuppressionStore.ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        List(page, Suppressed.Select(entry => new Suppression(entry.Key, entry.Value, default)));

    Task<Result<Segment>> ISegmentStore.AddAsync(string name, CancellationToken cancellationToken)
    {
        var segment = new Segment { Id = ++_ids, Name = name };
        Segments.Add(segment);
        return Task.FromResult<Result<Segment>>(segment);
    }

    Task<Segment?> ISegmentStore.GetAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Segments.Find(segment => segment.Id == id));

    public Task<Result<Segment>> RenameAsync(long id, string name, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Segment>>(Segments.Find(segment => segment.Id == id) is { } found
            ? found with { Name = name }
            : Problem.NotFound("segment", id));

    Task<bool> ISegmentStore.DeleteAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Segments.RemoveAll(segment => segment.Id == id) > 0);

    Task<Page<Segment>> ISegmentStore.ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        page.Cursor is null ? List(page, Segments) : throw new InvalidCursorException();

    Task<long> ISegmentStore.CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(Segments.Count);

    public Task<IReadOnlyList<Segment>> ListOfContactAsync(long contactId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Segment>>(Segments);

    public Task<IReadOnlyDictionary<long, IReadOnlyList<string>>> ListNamesAsync(
        IReadOnlyList<long> contactIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<long, IReadOnlyList<string>>>(
            contactIds.ToDictionary(id => id, IReadOnlyList<string> (_) => [.. Segments.Select(segment => segment.Name)]));

    public Task<Result<Segment>> AddMembersAsync(long id, IReadOnlyList<long> contactIds, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Segment>>(Segments.Find(segment => segment.Id == id) is { } found
            ? found with { Members = contactIds.Count }
            : Problem.NotFound("segment", id));

    public Task<bool> RemoveMemberAsync(long id, long contactId, CancellationToken cancellationToken) => Task.FromResult(false);

    Task<Result<EmailTemplate>> ITemplateStore.AddAsync(string name, TemplateSource source, CancellationToken cancellationToken)
    {
        var template = new EmailTemplate { Id = ++_ids, Name = name, Source = source, Version = 1 };
        Templates.Add(template);
        return Task.FromResult<Result<EmailTemplate>>(template);
    }

    Task<EmailTemplate?> ITemplateStore.GetAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Templates.Find(template => template.Id == id));

    Task<Result<EmailTemplate>> ITemplateStore.UpdateAsync(
        long id, string name, TemplateSource source, CancellationToken cancellationToken) =>
        Task.FromResult<Result<EmailTemplate>>(Templates.Find(template => template.Id == id) is { } found
            ? found with { Name = name, Source = source, Version = found.Version + 1 }
            : Problem.NotFound("template", id));

    Task<bool> ITemplateStore.DeleteAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Templates.RemoveAll(template => template.Id == id) > 0);

    Task<Page<EmailTemplate>> ITemplateStore.ListAsync(PageRequest page, CancellationToken cancellationToken) => List(page, Templates);

    Task<IReadOnlyList<EmailTemplate>> ITemplateStore.FindPartsAsync(IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EmailTemplate>>([.. Templates.Where(one => one.Source.Kind != TemplateKind.Email && names.Contains(one.Name))]);

    Task<IReadOnlyList<TemplateVersion>> ITemplateStore.ListVersionsAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TemplateVersion>>([.. Versions.Where(one => one.Id == id).Select(one => one.Version).Reverse()]);

    Task<TemplateVersion?> ITemplateStore.GetVersionAsync(long id, int version, CancellationToken cancellationToken) =>
        Task.FromResult(Versions.Where(one => one.Id == id && one.Version.Version == version).Select(one => one.Version).FirstOrDefault());

    Task<long> ITemplateStore.CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(Templates.Count);

    Task<Result<Campaign>> ICampaignStore.AddAsync(CampaignDraft draft, CancellationToken cancellationToken)
    {
        var campaign = new Campaign { Id = ++_ids, Draft = draft };
        Campaigns.Add(campaign);
        return Task.FromResult<Result<Campaign>>(campaign);
    }

    Task<Campaign?> ICampaignStore.GetAsync(long id, CancellationToken cancellationToken) =>
        Task.FromResult(Campaigns.Find(campaign => campaign.Id == id));

    Task<Result<Campaign>> ICampaignStore.UpdateAsync(long id, CampaignDraft draft, CancellationToken cancellationToken) =>
        Change(id, campaign => campaign with { Draft = draft });

    Task<Result<Campaign>> ICampaignStore.DeleteAsync(long id, CancellationToken cancellationToken) => Change(id, campaign => campaign);

    Task<Page<Campaign>> ICampaignStore.ListAsync(PageRequest page, CancellationToken cancellationToken) => List(page, Campaigns);

    Task<long> ICampaignStore.CountAsync(CancellationToken cancellationToken) => Task.FromResult<long>(Campaigns.Count);

    public async Task<long> CountAudienceAsync(
        CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken) =>
        people is null ? Audience : await people.CountAsync(person => person is not null, cancellationToken);

    public async Task<Result<Campaign>> StartAsync(
        long id, StartRequest request, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken)
    {
        BeforeStart();
        cancellationToken.ThrowIfCancellationRequested();
        if (people is null && Audience == 0)
        {
            return Problem.Conflict($"Campaign {id} reaches nobody.");
        }

        Given = people is null ? null : await people.ToListAsync(cancellationToken);
        Started = request.Content;
        return await Change(id, campaign => campaign with { State = CampaignState.Running });
    }

    public IAsyncEnumerable<AudienceMember> ReadAudienceAsync(
        CampaignDraft draft, IAsyncEnumerable<ContactData?>? people, CancellationToken cancellationToken) =>
        Contacts.Select(contact => new AudienceMember(contact, null)).ToAsyncEnumerable();

    public Task SaveDryRunAsync(long id, DryRun run, CancellationToken cancellationToken) =>
        Change(id, campaign => campaign with { DryRun = run });

    public Task<Result<Campaign>> ScheduleAsync(long id, DateTimeOffset at, CancellationToken cancellationToken) =>
        Change(id, campaign => campaign with { State = CampaignState.Scheduled, ScheduledAt = at });

    public Task<Result<Campaign>> UnscheduleAsync(long id, CancellationToken cancellationToken) =>
        Change(id, campaign => campaign with { State = CampaignState.Draft });

    public Task<Campaign?> ClaimDueAsync(TimeSpan lease, CancellationToken cancellationToken) =>
        Task.FromResult(Campaigns.Find(campaign => campaign.State == CampaignState.Scheduled && !Held.Contains(campaign.Id)));

    public Task HoldAsync(long id, long revision, TimeSpan wait, string? problem, CancellationToken cancellationToken)
    {
        Held.Add(id);
        LastHold = wait;
        return Change(id, campaign => campaign with { StartProblem = problem ?? campaign.StartProblem });
    }

    public async Task<bool> GiveUpAsync(long id, long revision, string problem, CancellationToken cancellationToken) =>
        (await Change(id, campaign => campaign with { State = CampaignState.Draft, StartProblem = problem })).Succeeded;

    public Task<Result<Campaign>> MoveAsync(
        long id, IReadOnlyList<CampaignState> from, CampaignState to, CancellationToken cancellationToken) =>
        Change(id, campaign => campaign with { State = to });

    public Task<Result<Campaign>> RetryAsync(long id, IReadOnlyList<long>? deliveryIds, CancellationToken cancellationToken) =>
        Change(id, campaign => campaign with { State = CampaignState.Running });

    Task<Delivery?> IDeliveryStore.GetAsync(long id, CancellationToken cancellationToken) => Task.FromResult<Delivery?>(null);

    Task<Page<Delivery>> IDeliveryStore.ListAsync(long campaignId, DeliveryQuery query, CancellationToken cancellationToken) =>
        List<Delivery>(query, []);

    public Task<Page<ContactDelivery>> ListOfContactAsync(long contactId, PageRequest page, CancellationToken cancellationToken) =>
        List<ContactDelivery>(page, []);

    public Task<IReadOnlyList<JobId>> AppendAsync(IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JobId>>([]);

    public Task<int> ConfirmSentAsync(long campaignId, IReadOnlyList<long> deliveryIds, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    public Task<Result<Reconciliation>> ReconcileAsync(long campaignId, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Reconciliation>>(Reconciliation is { } known ? known : Problem.NotFound("campaign", campaignId));

    public Task<IReadOnlyList<long>> ListUnreconciledAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<long>>([]);

    Task<SenderSettings> ISenderSettingsStore.GetAsync(CancellationToken cancellationToken) => Task.FromResult(Settings);

    public Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken) =>
        Task.FromResult(Settings = change(Settings));

    public Task<SendBlock?> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => Task.FromResult<SendBlock?>(null);

    public Task<IReadOnlySet<long>> MarkAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<long>>(new HashSet<long>());

    public Task<int> CompleteAsync(long fence, IReadOnlyList<SendResult> results, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task ReleaseAsync(long fence, IReadOnlyList<long> queueIds, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> RenewAsync(long fence, TimeSpan lease, CancellationToken cancellationToken) => Task.FromResult(false);

    private static Contact Make(long id, ContactData contact) => new()
    {
        Id = id,
        Email = contact.Email,
        Name = contact.Name,
        FirstName = contact.FirstName,
        LastName = contact.LastName,
        Attributes = contact.Attributes,
    };

    private Task<Page<T>> List<T>(PageRequest page, IEnumerable<T> items)
    {
        LastPage = page;
        return Task.FromResult(new Page<T>([.. items.Take(page.Limit)], null));
    }

    private Task<Result<Campaign>> Change(long id, Func<Campaign, Campaign> change)
    {
        var index = Campaigns.FindIndex(campaign => campaign.Id == id);
        return Task.FromResult<Result<Campaign>>(
            index < 0 ? Problem.NotFound("campaign", id) : Campaigns[index] = change(Campaigns[index]));
    }
}
