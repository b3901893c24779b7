using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>The queue of a sending side in a process of its own.</summary>
public abstract class IntakeQueueFixture : QueueFixture
{
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, long> _revisions = [];
    private int _jobs;

    protected IntakeQueueFixture(Action<MailMarketingBuilder> use)
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddSingleton(new Lane("default", _ => new()));
        use(new MailMarketingBuilder(services));
        _services = services.BuildServiceProvider();
    }

    public override FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public IServiceProvider Services => _services;

    public ISendIntake Intake => _services.GetRequiredService<ISendIntake>();

    public override ISendQueue Queue => _services.GetRequiredService<ISendQueue>();

    public static JobBatch Batch(string? campaign, long revision, params HandedJob[] jobs) =>
        new() { CampaignId = campaign, Revision = revision, Content = Content, Jobs = jobs };

    public static HandedJob Job(int id, int round = 1, int attempts = 0) => new()
    {
        JobId = JobId.Of(id),
        Round = round,
        Attempts = attempts,
        Fields = new Dictionary<string, object?> { ["id"] = (long)id, ["email"] = $"p{id}@example.org", ["name"] = $"Person {id}" },
    };

    public override async Task<string> SeedAsync(int jobs)
    {
        var campaign = $"c{_revisions.Count + 1}";
        _revisions[campaign] = 2;
        await Intake.AcceptAsync(Batch(campaign, 2, [.. Enumerable.Range(0, jobs).Select(_ => Job(++_jobs))]), Stop);
        return campaign;
    }

    public override Task MoveAsync(string campaign, CampaignState to) =>
        Intake.ControlAsync(new SendControl { CampaignId = campaign, Revision = ++_revisions[campaign], State = to }, Stop);

    public override Task WithdrawAsync(SendJob job) =>
        Intake.ControlAsync(new SendControl { Withdraw = [(job.JobId, job.Status.Round)], Reason = "unsubscribed" }, Stop);

    public override async Task<DeliveryStatus> StatusAsync(SendJob job) =>
        (await Intake.ReadReportsAsync(10_000, Stop)).Events.Last(report => report.JobId == job.JobId).Status;

    public override void Dispose()
    {
        _services.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }
}
