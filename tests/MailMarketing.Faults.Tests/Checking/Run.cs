using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests.Checking;

/// <summary>A campaign during which faults strike.</summary>
internal sealed partial class Run
{
    // On a busy machine; the report has what it was
    private static readonly TimeSpan _slowest = TimeSpan.FromSeconds(30);

    private readonly Rig.Services _services;
    private readonly string _fault;
    private readonly string _subject;
    private readonly int _seed;
    private readonly int _people;
    private readonly List<Strike> _strikes = [];

    private Run(Rig.Services services, string fault, int seed, int people)
    {
        (_services, _fault, _seed, _people) = (services, fault, seed, people);
        _subject = $"{fault} of seed {seed} to {people}";
        Chance = new Random(seed);
    }

    public Random Chance { get; }

    public long Campaign { get; private set; }

    public int People => _people;

    /// <summary>A draft, on services that are all well.</summary>
    /// <param name="services">Whom faults strike.</param>
    /// <param name="fault">The row's id.</param>
    /// <param name="seed">Gives the moments.</param>
    /// <param name="people">About how many.</param>
    /// <param name="more">What the messages have beside a greeting.</param>
    public static async Task<Run> PrepareAsync(Rig.Services services, string fault, int seed, int people, string more = "")
    {
        await services.MendAsync();
        var run = new Run(services, fault, seed, services.Number(people));
        run.Campaign = await services.Api.DraftAsync(run._people, new
        {
            name = run._subject,
            subject = run._subject,
            text = $"Dear {{{{ name }}}}: {{{{ unsubscribe_url }}}}{more}",
            language = "scriban",
        });
        return run;
    }

    /// <summary>A campaign that runs.</summary>
    public static async Task<Run> StartAsync(Rig.Services services, string fault, int seed, int people)
    {
        var run = await PrepareAsync(services, fault, seed, people);
        await services.Api.StartAsync(run.Campaign);
        return run;
    }

    public Task<List<GatewayAnswer>> RecordAsync() => _services.RecordAsync(_subject);

    public async Task<int> TakenAsync() => (await RecordAsync()).Count(answer => answer.IsNew);

    /// <summary>Waits until the gateway took a share of all, between two bounds as the seed has it.</summary>
    public async Task UnderWayAsync(double from, double to)
    {
        var enough = _people * (from + (Chance.NextDouble() * (to - from)));
        await Api.UntilAsync(async () => await TakenAsync() >= enough, () => $"{_subject}: the gateway has not taken {enough:0} messages.");
    }

    /// <summary>A moment between two bounds, as the seed has it.</summary>
    public Task PassAsync(double fromSeconds, double toSeconds) => Task.Delay(
        TimeSpan.FromSeconds(fromSeconds + (Chance.NextDouble() * (toSeconds - fromSeconds))), TestContext.Current.CancellationToken);

    /// <summary>Strikes while messages are on their way. The fault is over when the task is.</summary>
    /// <param name="fault">What strikes.</param>
    /// <param name="inFlight">Messages on their way that it concerns; all by default.</param>
    public async Task StrikeAsync(Func<Task> fault, Func<int>? inFlight = null)
    {
        inFlight ??= () => _services.InFlight;
        var deliveries = await _services.Api.DeliveriesAsync(Campaign);
        var ended = deliveries.Where(delivery => delivery.Status is "success" or "failure" or "unknown").ToList();
        var taken = await TakenAsync();
        for (var tries = 0; tries < 1000 && inFlight() == 0; tries++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var hit = inFlight();
        await fault();
        _strikes.Add(new Strike(hit, taken, ended, DateTimeOffset.UtcNow));
    }

    /// <summary>Waits for the end and judges the run.</summary>
    /// <param name="mostUncertain">How many may end unknown.</param>
    /// <param name="ends">How deliveries may end, beside success and unknown.</param>
    public async Task<Report> EndAsync(int mostUncertain = 0, params string[] ends)
    {
        await Api.UntilAsync(() => _services.Api.AnswersAsync($"campaigns/{Campaign}"));
        var doubt = await Record.ExceptionAsync(() => _services.Api.CompletedAsync(Campaign));
        var deliveries = await _services.Api.DeliveriesAsync(Campaign);
        var record = await RecordAsync();
        var report = Checker.Judge(_seed, _fault, _people, _strikes, deliveries, record);
        Reports.Add(report);

        var all = record.Count(answer => answer.IsNew);
        Assert.True(
            report.InFlightHits > 0 && _strikes.Any(strike => strike.Taken > 0 && strike.Taken < all),
            $"The run is invalid, since no fault struck while messages were on their way:\n{Report.Head}\n{report}");
        Assert.True(doubt is null, $"{doubt?.Message}\n{Report.Head}\n{report}");
        var isKept = report is { Lost: 0, Repeated: 0, Stuck: 0, Untrue: 0 } && (report.RepeatedByKey == 0 || !_services.HonoursKeys)
            && report.Regressions == 0 && report.Uncertain <= mostUncertain && deliveries.Count == _people
            && deliveries.All(delivery => delivery.Status is "success" or "unknown" || ends.Contains(delivery.Status))
            && !(report.Recovery > _slowest.TotalMilliseconds);
        var untrue = string.Join('\n', Checker.Untrue(deliveries, record).Take(5));
        Assert.True(isKept, $"A promise was broken ({report.Untrue} untrue):\n{Report.Head}\n{report}\n{untrue}");
        return report;
    }
}
