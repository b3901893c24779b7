using MailMarketing.Core.Tests.Client;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Planning;

/// <summary>The real client on real storage, with a clock to move. Nothing is sent unless a test does it.</summary>
internal sealed class SqliteClient : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing").FullName;
    private readonly List<ServiceProvider> _providers = [];
    private readonly IDomainRecords? _records;
    private int _names;

    public SqliteClient(IDomainRecords? records = null)
    {
        _records = records;
        Provider = Node(Time);
        Client = Get<MailMarketingClient>();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public MailMarketingClient Client { get; }

    public ISendQueue Queue => Get<ISendQueue>();

    private ServiceProvider Provider { get; }

    /// <summary>One more process on the same storage.</summary>
    public ServiceProvider Node(TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time).AddSingleton<IKeyManager>(new FakeKeyRing()).AddLogging();
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        if (_records is not null)
        {
            services.AddSingleton(_records);
        }

        services.AddMailMarketing(options => options.PublicUrl = new Uri("https://mail.example.org"))
            .UseSqlite($"Data Source={Path.Combine(_folder, "mail.db")};Pooling=False").UseScriban().AddGateway<FakeGateway>("bulk")
            .AddTemplate("Welcome", new() { Subject = "Welcome {{ name }}", Text = "Hello {{ email }} {{ unsubscribe_url }}" });
        var node = services.BuildServiceProvider();
        _providers.Add(node);
        return node;
    }

    public T Get<T>()
        where T : notnull => Provider.GetRequiredService<T>();

    /// <summary>A From line and credentials.</summary>
    public async Task<SqliteClient> ReadyAsync(CancellationToken stop)
    {
        (await Client.Settings.UpdateAsync(new() { Auth = new("u", "p"), From = new("News", "news@example.org") }, stop)).OrThrow();
        return this;
    }

    /// <summary>A draft to so many new people; gives their contacts too.</summary>
    public async Task<(Campaign Campaign, IReadOnlyList<Contact> People)> DraftAsync(int people, CancellationToken stop)
    {
        var name = $"n{++_names}";
        var segment = (await Client.Segments.AddAsync(name, stop)).OrThrow();
        var contacts = new List<Contact>();
        for (var i = 0; i < people; i++)
        {
            contacts.Add((await Client.Contacts.AddAsync(new() { Email = $"{name}.{i}@example.org" }, stop)).OrThrow());
        }

        await Client.Segments.AddMembersAsync(segment.Id, [.. contacts.Select(contact => contact.Id)], stop);
        var source = new TemplateSource { Subject = "Hello", Text = "Hi {{ name }} {{ unsubscribe_url }}" };
        var template = (await Client.Templates.AddAsync(name, source, stop)).OrThrow();
        var draft = new CampaignDraft { Name = name, TemplateId = template.Id, SegmentIds = [segment.Id] };
        return ((await Client.Campaigns.AddAsync(draft, stop)).OrThrow(), contacts);
    }

    /// <summary>Starts the one campaign that is due, as the worker does; false where none is.</summary>
    public async Task<bool> StartDueAsync(CancellationToken stop)
    {
        var schedule = Get<ICampaignSchedule>();
        if (await schedule.ClaimDueAsync(ScheduledStart.Lease, stop) is not { } due)
        {
            return false;
        }

        await new ScheduledStart(schedule, Client.Campaigns, Time, NullLogger.Instance).RunAsync(due, stop);
        return true;
    }

    /// <summary>Claims one delivery and ends it so; gives it, or null where none is due.</summary>
    public async Task<SendJob?> SendAsync(DeliveryState outcome, CancellationToken stop)
    {
        if (await Queue.ClaimAsync(new ClaimRequest("bulk", 1, TimeSpan.FromSeconds(30)), stop) is not { } block)
        {
            return null;
        }

        var job = block.Jobs[0];
        await Queue.MarkAsync(block.Fence, [job.QueueId], stop);
        var status = new DeliveryStatus(job.Status.Round, outcome, 1);
        await Queue.CompleteAsync(block.Fence, [new SendResult { QueueId = job.QueueId, Status = status }], stop);
        return job;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _providers)
        {
            await provider.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
