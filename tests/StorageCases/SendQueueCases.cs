using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

public abstract class SendQueueCases : IDisposable
{
    private readonly QueueFixture _fixture;

    protected SendQueueCases(QueueFixture fixture) => _fixture = fixture;

    public void Dispose()
    {
        _fixture.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_empty_queue_gives_nothing() => Assert.Null(await _fixture.TryClaimAsync());

    [Fact]
    public async Task Claim_gives_each_job_to_one_worker()
    {
        await _fixture.SeedAsync(40);

        var blocks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _fixture.TryClaimAsync(7))));

        // Six, or more where one got less since the rest was locked
        var taken = blocks.OfType<SendBlock>().ToList();
        var jobs = taken.SelectMany(block => block.Jobs).ToList();
        Assert.Equal(40, jobs.Count);
        Assert.Equal(40, jobs.Select(job => job.QueueId).Distinct().Count());
        Assert.Equal(40, jobs.Select(job => job.IdempotencyKey).Distinct().Count());
        Assert.All(jobs, job => Assert.InRange(job.IdempotencyKey.Length, 20, 64));
        Assert.InRange(taken.Count, 6, 8);
        Assert.Equal(taken.Count, taken.Select(block => block.Fence).Distinct().Count());
    }

    [Fact]
    public async Task Claims_take_turns_between_campaigns()
    {
        var first = await _fixture.SeedAsync(30);
        var second = await _fixture.SeedAsync(30);

        var block = await _fixture.ClaimAsync(10);
        var one = await _fixture.ClaimAsync(1);
        var other = await _fixture.ClaimAsync(1);

        Assert.Equal(5, block.Jobs.Count(job => job.CampaignId == first));
        Assert.Equal(5, block.Jobs.Count(job => job.CampaignId == second));
        Assert.Single(block.Jobs.Where(job => job.CampaignId == first).Select(job => job.Content).Distinct(ReferenceEqualityComparer.Instance));
        Assert.NotEqual(one.Jobs[0].CampaignId, other.Jobs[0].CampaignId);
    }

    [Fact]
    public async Task Another_lane_gets_nothing()
    {
        await _fixture.SeedAsync(1);

        Assert.Null(await _fixture.Queue.ClaimAsync(new ClaimRequest("another", 10, TimeSpan.FromSeconds(30)), Stop));
    }

    [Fact]
    public async Task A_job_has_all_that_rendering_needs()
    {
        await _fixture.SeedAsync(1);

        var job = (await _fixture.ClaimAsync()).Jobs[0];

        Assert.Equal("p1@example.org", job.Fields["email"]);
        Assert.Equal("Person 1", job.Fields["name"]);
        Assert.Equal(Content.Source, job.Content.Source);
        Assert.Equal(new DeliveryStatus(1, DeliveryState.Pending, 0), job.Status);
        Assert.False(job.Ambiguous);
    }

    [Fact]
    public async Task An_expired_claim_comes_back_as_it_was()
    {
        await _fixture.SeedAsync(1);
        var lost = await _fixture.ClaimAsync();
        Assert.Null(await _fixture.TryClaimAsync());
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        var block = await _fixture.ClaimAsync();

        Assert.True(block.Fence > lost.Fence);
        Assert.False(block.Jobs[0].Ambiguous);
        Assert.Equal(0, block.Jobs[0].Status.Attempts);
        Assert.Equal(lost.Jobs[0].IdempotencyKey, block.Jobs[0].IdempotencyKey);
        Assert.Empty(await _fixture.MarkAsync(lost));
        Assert.Single(await _fixture.MarkAsync(block));
    }

    [Fact]
    public async Task An_expired_mark_comes_back_ambiguous_with_its_attempt()
    {
        await _fixture.SeedAsync(1);
        await _fixture.MarkAsync(await _fixture.ClaimAsync());
        var marked = _fixture.Clock.GetUtcNow();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        var job = (await _fixture.ClaimAsync()).Jobs[0];

        Assert.True(job.Ambiguous);
        Assert.Equal(1, job.Status.Attempts);
        Assert.Equal(marked, job.FirstAttemptAt);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await _fixture.ClaimAsync()).Jobs[0].Ambiguous);
    }

    [Fact]
    public async Task A_claim_that_marks_is_as_good_as_a_mark()
    {
        await _fixture.SeedAsync(3);
        var marked = _fixture.Clock.GetUtcNow();
        var block = (await _fixture.Queue.ClaimAsync(new ClaimRequest("default", 3, TimeSpan.FromSeconds(30)) { Mark = true }, Stop))!;
        Assert.All(block.Jobs, job => Assert.Equal((0, false), (job.Status.Attempts, job.Ambiguous)));

        // One is given back, one is completed, of one nothing is heard again
        var (back, done, lost) = (block.Jobs[0], block with { Jobs = [block.Jobs[1]] }, block.Jobs[2]);
        await _fixture.Queue.ReleaseAsync(block.Fence, [back.QueueId], Stop);
        Assert.Equal(0, await _fixture.CompleteAsync(done, DeliveryState.Success));
        var again = (await _fixture.ClaimAsync()).Jobs.Single();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        var found = (await _fixture.ClaimAsync()).Jobs.Single(job => job.QueueId == lost.QueueId);

        Assert.Equal((back.QueueId, 0, false), (again.QueueId, again.Status.Attempts, again.Ambiguous));
        Assert.Equal(new DeliveryStatus(1, DeliveryState.Success, 1), await _fixture.StatusAsync(done.Jobs[0]));
        Assert.Equal((1, true, marked), (found.Status.Attempts, found.Ambiguous, found.FirstAttemptAt));
        Assert.Equal(lost.IdempotencyKey, found.IdempotencyKey);
    }

    [Fact]
    public async Task Jobs_whose_worker_died_come_in_ever_smaller_company()
    {
        await _fixture.SeedAsync(30);
        Assert.All((await _fixture.ClaimAsync(25)).Jobs, job => Assert.Equal(0, job.Crashes));
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        // Those who were in no crash go first, then few of the others, then one alone
        var fresh = await _fixture.ClaimAsync();
        var (few, rest) = (await _fixture.ClaimAsync(), await _fixture.ClaimAsync());
        Assert.Equal([(5, 0), (20, 1), (5, 1)], new[] { fresh, few, rest }.Select(block => (block.Jobs.Count, block.Jobs.Max(job => job.Crashes))));
        Assert.Null(await _fixture.TryClaimAsync());
        await _fixture.MarkAsync(fresh);
        await _fixture.CompleteAsync(fresh, DeliveryState.Success);
        await _fixture.MarkAsync(rest);
        await _fixture.CompleteAsync(rest, DeliveryState.Success);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));

        var (one, other) = (await _fixture.ClaimAsync(), await _fixture.ClaimAsync());
        Assert.Equal([(1, 2), (1, 2)], new[] { one, other }.Select(block => (block.Jobs.Count, block.Jobs[0].Crashes)));
        Assert.NotEqual(one.Jobs[0].QueueId, other.Jobs[0].QueueId);
    }

    [Fact]
    public async Task A_job_of_which_something_became_is_suspected_no_more()
    {
        await _fixture.SeedAsync(1);
        await _fixture.ClaimAsync();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        var block = await _fixture.ClaimAsync();
        await _fixture.Queue.ReleaseAsync(block.Fence, [block.Jobs[0].QueueId], Stop);
        block = await _fixture.ClaimAsync();
        Assert.Equal(1, block.Jobs[0].Crashes);
        await _fixture.MarkAsync(block);
        await _fixture.CompleteAsync(block, DeliveryState.Retry);

        Assert.Equal(0, (await _fixture.ClaimAsync()).Jobs[0].Crashes);
    }

    [Fact]
    public async Task An_old_fence_changes_nothing()
    {
        await _fixture.SeedAsync(1);
        var old = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(old);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        var block = await _fixture.ClaimAsync();

        Assert.Equal(1, await _fixture.CompleteAsync(old, DeliveryState.Failure));
        await _fixture.Queue.ReleaseAsync(old.Fence, [old.Jobs[0].QueueId], Stop);
        Assert.False(await _fixture.Queue.RenewAsync(old.Fence, TimeSpan.FromHours(1), Stop));

        Assert.Single(await _fixture.MarkAsync(block));
        Assert.Equal(0, await _fixture.CompleteAsync(block, DeliveryState.Failure, 2));
        Assert.Equal(new DeliveryStatus(1, DeliveryState.Failure, 2), await _fixture.StatusAsync(block.Jobs[0]));
    }

    [Fact]
    public async Task A_late_success_is_kept_and_stops_the_next_worker()
    {
        await _fixture.SeedAsync(1);
        var late = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(late);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        var block = await _fixture.ClaimAsync();

        Assert.Equal(0, await _fixture.CompleteAsync(late, DeliveryState.Success));

        Assert.Empty(await _fixture.MarkAsync(block));
        Assert.Equal(1, await _fixture.CompleteAsync(block, DeliveryState.Failure, 2));
        Assert.Equal(DeliveryState.Success, (await _fixture.StatusAsync(block.Jobs[0])).State);
    }

    [Fact]
    public async Task An_outcome_is_kept_whatever_the_gateway_said()
    {
        await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(block);

        var stale = await _fixture.Queue.CompleteAsync(
            block.Fence,
            [new SendResult { QueueId = block.Jobs[0].QueueId, Status = new(1, DeliveryState.Failure, 1), MessageId = "\0", Error = "no\0, \uD83D" }],
            Stop);

        Assert.Equal(0, stale);
        Assert.Equal(DeliveryState.Failure, (await _fixture.StatusAsync(block.Jobs[0])).State);
    }

    [Fact]
    public async Task A_success_of_another_round_is_stale()
    {
        await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(block);

        var stale = await _fixture.Queue.CompleteAsync(
            block.Fence, [new SendResult { QueueId = block.Jobs[0].QueueId, Status = new(2, DeliveryState.Success, 1) }], Stop);

        Assert.Equal(1, stale);
    }

    [Fact]
    public async Task A_retry_waits_as_long_as_it_is_told()
    {
        await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(block);
        await _fixture.CompleteAsync(block, DeliveryState.Retry, 1, TimeSpan.FromSeconds(5));
        _fixture.Clock.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.Null(await _fixture.TryClaimAsync());
        _fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));

        var job = (await _fixture.ClaimAsync()).Jobs[0];

        Assert.Equal((new DeliveryStatus(1, DeliveryState.Retry, 1), 1, false), (job.Status, job.Spent, job.Ambiguous));
    }

    [Fact]
    public async Task A_release_takes_the_attempt_back()
    {
        await _fixture.SeedAsync(2);
        var block = await _fixture.ClaimAsync();
        await _fixture.Queue.MarkAsync(block.Fence, [block.Jobs[0].QueueId], Stop);

        await _fixture.Queue.ReleaseAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop);

        var again = await _fixture.ClaimAsync();
        Assert.All(again.Jobs, job => Assert.Equal(
            (new DeliveryStatus(1, DeliveryState.Pending, 0), (DateTimeOffset?)null, false), (job.Status, job.FirstAttemptAt, job.Ambiguous)));
        Assert.Equal(2, again.Jobs.Count);
    }

    [Fact]
    public async Task A_renewed_claim_does_not_expire()
    {
        await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(await _fixture.Queue.RenewAsync(block.Fence, TimeSpan.FromSeconds(30), Stop));
        _fixture.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Null(await _fixture.TryClaimAsync());
        Assert.Single(await _fixture.MarkAsync(block));
        await _fixture.CompleteAsync(block, DeliveryState.Success);
        Assert.False(await _fixture.Queue.RenewAsync(block.Fence, TimeSpan.FromSeconds(30), Stop));
    }

    [Fact]
    public async Task A_pause_between_claim_and_mark_holds_the_job_back()
    {
        var campaign = await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        await _fixture.MoveAsync(campaign, CampaignState.Paused);

        Assert.Empty(await _fixture.MarkAsync(block));
        Assert.Null(await _fixture.TryClaimAsync());

        await _fixture.MoveAsync(campaign, CampaignState.Running);
        Assert.Single((await _fixture.ClaimAsync()).Jobs);
    }

    [Fact]
    public async Task A_cancel_between_claim_and_mark_ends_the_job()
    {
        var campaign = await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        await _fixture.MoveAsync(campaign, CampaignState.Cancelled);

        Assert.Empty(await _fixture.MarkAsync(block));
        Assert.Equal(DeliveryState.Cancelled, (await _fixture.StatusAsync(block.Jobs[0])).State);
    }

    [Fact]
    public async Task A_cancel_after_the_mark_leaves_the_outcome_to_the_gateway()
    {
        var campaign = await _fixture.SeedAsync(2);
        var block = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(block);
        await _fixture.MoveAsync(campaign, CampaignState.Cancelled);

        await _fixture.CompleteAsync(block with { Jobs = [block.Jobs[0]] }, DeliveryState.Success);
        await _fixture.CompleteAsync(block with { Jobs = [block.Jobs[1]] }, DeliveryState.Retry);

        Assert.Equal(DeliveryState.Success, (await _fixture.StatusAsync(block.Jobs[0])).State);
        Assert.Equal(DeliveryState.Cancelled, (await _fixture.StatusAsync(block.Jobs[1])).State);
    }

    [Fact]
    public async Task A_withdrawal_between_claim_and_mark_suppresses_the_job()
    {
        await _fixture.SeedAsync(2);
        var block = await _fixture.ClaimAsync();
        await _fixture.WithdrawAsync(block.Jobs[0]);

        Assert.Equal([block.Jobs[1].QueueId], await _fixture.MarkAsync(block));
        Assert.Equal(DeliveryState.Suppressed, (await _fixture.StatusAsync(block.Jobs[0])).State);
    }

    [Fact]
    public async Task A_withdrawal_after_the_mark_stops_the_next_attempt()
    {
        await _fixture.SeedAsync(1);
        var block = await _fixture.ClaimAsync();
        await _fixture.MarkAsync(block);
        await _fixture.WithdrawAsync(block.Jobs[0]);

        await _fixture.CompleteAsync(block, DeliveryState.Retry);

        Assert.Equal(DeliveryState.Suppressed, (await _fixture.StatusAsync(block.Jobs[0])).State);
        Assert.Null(await _fixture.TryClaimAsync());
    }
}
