using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.StorageCases;

/// <summary>The stores of a marketing side on an empty database, with a clock to move. Nothing here knows a provider.</summary>
public abstract class StoreFixture : IDisposable
{
    private readonly ServiceProvider _services;

    protected StoreFixture(Action<MailMarketingBuilder> use)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddSingleton(new Lane("default", _ => new()));
        use(new MailMarketingBuilder(services));
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _services;

    public IContactStore Contacts => Get<IContactStore>();

    public ISuppressionStore Suppressions => Get<ISuppressionStore>();

    public ISegmentStore Segments => Get<ISegmentStore>();

    public ITemplateStore Templates => Get<ITemplateStore>();

    public ICampaignStore Campaigns => Get<ICampaignStore>();

    public IDeliveryStore Deliveries => Get<IDeliveryStore>();

    public IHandOverQueue Queue => Get<IHandOverQueue>();

    public static FrozenContent Content { get; } = new()
    {
        Source = new TemplateSource { Subject = "Hello {{ name }}", Text = "Good day" },
        FrozenAt = new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero),
    };

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public virtual void Dispose()
    {
        _services.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds people <c>p1@example.org</c> and on as a new segment; gives the segment.</summary>
    public async Task<long> SeedSegmentAsync(int people, string name = "Everyone")
    {
        var segment = (await Segments.AddAsync(name, Stop)).OrThrow();
        var contacts = Enumerable.Range(1, people).Select(n => new ContactData { Email = $"p{n}@example.org", Name = $"Person {n}" });
        await Contacts.UpsertAsync([.. contacts], segment.Id, Stop);
        return segment.Id;
    }

    public async Task<Campaign> DraftAsync(long segment, string name = "News", string? lane = null)
    {
        var template = (await Templates.AddAsync($"{name} {Guid.NewGuid()}", Content.Source, Stop)).OrThrow();
        var draft = new CampaignDraft { Name = name, TemplateId = template.Id, SegmentIds = [segment], Lane = lane };
        return (await Campaigns.AddAsync(draft, Stop)).OrThrow();
    }

    /// <summary>A running campaign to <paramref name="people"/> new people.</summary>
    public async Task<Campaign> RunningAsync(int people, string name = "News") =>
        (await Campaigns.StartAsync((await DraftAsync(await SeedSegmentAsync(people, name), name)).Id, Content, null, Stop)).OrThrow();

    public async Task<Campaign> CampaignAsync(long id) => (await Campaigns.GetAsync(id, Stop))!;

    public Task<SendBlock?> ClaimAsync(int max = 100) => Queue.ClaimAsync(new ClaimRequest("default", max, TimeSpan.FromSeconds(30)), Stop);

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
