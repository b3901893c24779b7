using MailMarketing.Core.Tests.Client;
using MailMarketing.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.Core.Tests.Engine;

public sealed class PumpTests : IDeliveryReporter, IRemoteSender, IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<BackgroundService> _running = [];
    private readonly List<string> _arrived = [];
    private readonly List<JobBatch> _batches = [];
    private readonly Lock _lock = new();
    private readonly WorkBell _bell = new();
    private int _failures;
    private string _incarnation = "a";
    private string? _refused;
    private bool _recognises = true;
    private Task _takenIn = Task.CompletedTask;

    bool IRemoteSender.RecognisesJobs => _recognises;

    [Fact]
    public async Task Reports_arrive_and_are_forgotten_only_then()
    {
        var intake = new FakeIntake(_time);
        _failures = 5;
        intake.Report(1200);
        await StartAsync(new OutboxPump(intake, [this], new(), _time, NullLogger<OutboxPump>.Instance));
        await Until.TrueAsync(_time, () => intake.Left == 0 || _failures < 5, 100);
        Assert.Equal(1200, intake.Left);

        await Until.TrueAsync(_time, () => intake.Left == 0, 1000);
        Assert.Equal(Enumerable.Range(1, 1200).Select(id => $"a:{id}"), Arrived());
    }

    [Fact]
    public async Task Reports_that_stay_unheard_are_tried_at_growing_intervals_and_kept()
    {
        var intake = new FakeIntake(_time);
        _failures = int.MaxValue;
        intake.Report(1);
        await StartAsync(new OutboxPump(intake, [this], new(), _time, NullLogger<OutboxPump>.Instance));
        var started = _time.GetUtcNow();
        await Until.TrueAsync(_time, () => _time.GetUtcNow() - started > TimeSpan.FromHours(1), 10_000);
        Assert.InRange(int.MaxValue - _failures, 10, 200);
        Assert.Equal(1, intake.Left);
    }

    [Fact]
    public async Task In_one_process_there_is_nothing_to_report()
    {
        var pump = new OutboxPump(new FakeQueue(_time), [], new(), _time, NullLogger<OutboxPump>.Instance);
        await StartAsync(pump);
        await pump.ExecuteTask!;
        Assert.Empty(Arrived());
    }

    [Fact]
    public async Task What_is_due_is_handed_over_by_campaign_with_all_it_needs()
    {
        var queue = new FakeHandOver(_time);
        queue.Add(Make.Job(1, attempts: 2), Make.Job(2), Make.Job(3) with { CampaignId = "2", NotAfter = _time.GetUtcNow().AddDays(1) });
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => Batches().Count == 2);

        var (first, second) = (Batches()[0], Batches()[1]);
        Assert.Equal(("1", "bulk", 2), (first.CampaignId, first.Lane, first.Jobs.Count));
        Assert.Equal((JobId.Of(1), 1, 2, "key-1"), (first.Jobs[0].JobId, first.Jobs[0].Round, first.Jobs[0].Attempts, first.Jobs[0].IdempotencyKey));
        Assert.Equal("r1@example.org", first.Jobs[0].Fields["email"]);
        Assert.Same(Make.Content, first.Content);
        Assert.Equal("2", second.CampaignId);
        Assert.NotNull(second.Jobs[0].NotAfter);
        Assert.Equal((20_000, TimeSpan.FromMinutes(10)), queue.Asked);
        Assert.Equal(0, queue.OfferedAgain);
    }

    [Fact]
    public async Task Control_arrives_in_order_and_before_more_work()
    {
        var queue = new FakeHandOver(_time);
        queue.Control.Enqueue((1, new() { CampaignId = "1", Revision = 1, State = CampaignState.Running }));
        queue.Control.Enqueue((2, new() { CampaignId = "1", Revision = 2, State = CampaignState.Paused }));
        queue.Add(Make.Job(1));
        _failures = 3;
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => Arrived().Count == 3, 500);
        Assert.Equal(["control 1", "control 2", "batch of 1"], Arrived());
        Assert.Empty(queue.Control);
    }

    [Fact]
    public async Task A_peer_that_answers_again_is_offered_everything_again()
    {
        var queue = new FakeHandOver(_time);
        queue.Add(Make.Job(1));
        _failures = 4;
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => queue.OfferedAgain == 1, 500);
        Assert.Equal("batch of 1", Arrived()[0]);
        await Until.TrueAsync(_time, () => Arrived().Count == 2);
        Assert.Equal(1, queue.OfferedAgain);
    }

    [Fact]
    public async Task What_a_process_took_and_did_not_hand_over_before_it_died_is_handed_over_by_the_next()
    {
        var queue = new FakeHandOver(_time);
        queue.Add(Make.Job(1));
        Assert.NotNull(await queue.ClaimAsync(new ClaimRequest("bulk", 1, TimeSpan.FromMinutes(10)), TestContext.Current.CancellationToken));
        var died = _time.GetUtcNow();
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => Arrived().Count == 1);
        Assert.True(_time.GetUtcNow() - died < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_block_that_was_taken_without_an_answer_does_not_wait_for_the_end_of_its_lease()
    {
        var queue = new FakeHandOver(_time) { UnheardOffers = 2 };
        queue.Add(Make.Job(1));
        var started = _time.GetUtcNow();
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => Arrived().Count == 1);
        Assert.True(_time.GetUtcNow() - started < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_queue_that_is_lost_while_there_is_nothing_to_hand_over_is_found_out()
    {
        var queue = new FakeHandOver(_time) { CanBeAsked = true };
        queue.Add(Make.Job(1));
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => Arrived().Count == 1);
        _incarnation = "b";
        await Until.TrueAsync(_time, () => queue.OfferedAgain == 1, 500);
    }

    [Fact]
    public async Task A_queue_that_began_anew_is_offered_everything_again()
    {
        var queue = new FakeHandOver(_time);
        queue.Add(Make.Job(1));
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => Arrived().Count == 1);
        _incarnation = "b";
        queue.Add(Make.Job(2));
        await Until.TrueAsync(_time, () => queue.OfferedAgain == 1);
        await Until.TrueAsync(_time, () => Arrived().Count == 3);
        Assert.Equal("batch of 2", Arrived()[2]);
    }

    [Fact]
    public async Task A_delivery_that_the_sending_side_refuses_fails_alone()
    {
        var queue = new FakeHandOver(_time);
        queue.Add([.. Enumerable.Range(1, 5).Select(id => Make.Job(id))]);
        _refused = "4";
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => queue.Result(4) is not null && Batches().Sum(batch => batch.Jobs.Count) == 4);

        Assert.Equal((DeliveryState.Failure, 1), (queue.Result(4)!.Status.State, queue.Result(4)!.Status.Round));
        Assert.Equal("The sending side refused it: Job 4 is no good.", queue.Result(4)!.Error);
        Assert.Equal(["1", "2", "3", "5"], Batches().SelectMany(batch => batch.Jobs).Select(job => job.JobId.Text).Order());
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    public async Task While_one_block_is_taken_in_the_next_ones_are_on_their_way(bool recognises, int underWay)
    {
        var queue = new FakeHandOver(_time);
        queue.Add([.. Enumerable.Range(1, 5).Select(id => Make.Job(id))]);
        var takenIn = new TaskCompletionSource();
        (_recognises, _takenIn) = (recognises, takenIn.Task);
        await StartAsync(Pump(queue, new() { ClaimSize = 1 }));
        await Until.TrueAsync(_time, () => Batches().Count == underWay);
        for (var i = 0; i < 20; i++)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(underWay, Batches().Count);

        takenIn.SetResult();
        await Until.TrueAsync(_time, () => Batches().Count == 5);
    }

    [Fact]
    public async Task To_a_sending_side_that_recognises_nothing_silence_is_the_end_of_what_may_be_sent_once()
    {
        var queue = new FakeHandOver(_time);
        queue.Add(Make.Job(1), Make.Job(2) with { HandedOver = 1 }, Make.Job(3) with { Policy = SendPolicy.AtLeastOnce, HandedOver = 1 });
        (_recognises, _failures) = (false, 1);
        await StartAsync(Pump(queue));
        await Until.TrueAsync(_time, () => Batches().Count == 1, 500);

        Assert.Equal("3", Assert.Single(Batches()[0].Jobs).JobId.Text);
        Assert.All([1, 2], id => Assert.Equal(DeliveryState.Unknown, queue.Result(id)!.Status.State));
        Assert.Equal(0, queue.OfferedAgain);
    }

    Task IDeliveryReporter.ReportAsync(string incarnation, IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken) =>
        Arrive([.. events.Select(e => $"{incarnation}:{e.JobId}")]);

    async Task<Result<string>> IRemoteSender.SubmitAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Jobs.FirstOrDefault(job => job.JobId.Text == _refused) is { } culprit)
        {
            return Problem.Invalid("jobs", $"Job {culprit.JobId} is no good.");
        }

        await Arrive($"batch of {batch.Jobs.Count}");
        lock (_lock)
        {
            _batches.Add(batch);
        }

        await _takenIn;
        return _incarnation;
    }

    Task IRemoteSender.ControlAsync(SendControl control, CancellationToken cancellationToken) => Arrive($"control {control.Revision}");

    Task<SenderSettingsView> IRemoteSender.GetSettingsAsync(CancellationToken cancellationToken) => Task.FromResult(new SenderSettingsView());

    Task<Result<SenderSettingsView>> IRemoteSender.UpdateSettingsAsync(SenderSettingsPatch patch, CancellationToken cancellationToken) =>
        Task.FromResult<Result<SenderSettingsView>>(new SenderSettingsView());

    public void Dispose() => _running.ForEach(service =>
    {
        service.StopAsync(CancellationToken.None).GetAwaiter().GetResult();
        service.Dispose();
    });

    private HandOverPump Pump(FakeHandOver queue, EngineOptions? options = null) => new(
        queue, this, new RecipientLinks(new UnsubscribeLinks(new LinkKeys(new FakeKeyRing(), _time))), options ?? new(), _bell, _time,
        NullLogger<HandOverPump>.Instance);

    private Task Arrive(params string[] what)
    {
        lock (_lock)
        {
            if (_failures > 0)
            {
                _failures--;
                return Task.FromException(new HttpRequestException("away"));
            }

            _arrived.AddRange(what);
            return Task.CompletedTask;
        }
    }

    private async Task StartAsync(BackgroundService service)
    {
        _running.Add(service);
        await service.StartAsync(TestContext.Current.CancellationToken);
    }

    private List<string> Arrived()
    {
        lock (_lock)
        {
            return [.. _arrived];
        }
    }

    private List<JobBatch> Batches()
    {
        lock (_lock)
        {
            return [.. _batches];
        }
    }
}
