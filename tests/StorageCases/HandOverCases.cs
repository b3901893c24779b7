using System.Text.Json;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

public abstract class HandOverCases : IDisposable
{
    private readonly StoreFixture _store;

    protected HandOverCases(StoreFixture store) => _store = store;

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Offers_keep_the_window()
    {
        await _store.RunningAsync(10);

        Assert.Equal(4, (await OfferAsync(4))!.Jobs.Count);
        Assert.Null(await OfferAsync(4));
        Assert.Equal(2, (await OfferAsync(6))!.Jobs.Count);
    }

    [Fact]
    public async Task The_lanes_of_running_campaigns_are_told_once_each()
    {
        Assert.Empty(await _store.Queue.LanesAsync(Stop));

        await _store.RunningAsync(1, "First");
        await _store.RunningAsync(1, "Second");
        var news = await _store.DraftAsync(await _store.SeedSegmentAsync(1, "Third"), lane: "news");
        await _store.Campaigns.StartAsync(news.Id, StoreFixture.Content, null, Stop);
        Assert.Equal(["", "news"], await _store.Queue.LanesAsync(Stop));

        await _store.Campaigns.MoveAsync(news.Id, [CampaignState.Running], CampaignState.Paused, Stop);
        Assert.Equal([""], await _store.Queue.LanesAsync(Stop));
    }

    [Fact]
    public async Task A_cancelled_campaign_of_which_nobody_tells_any_more_ends_by_itself()
    {
        var campaign = await _store.RunningAsync(1);
        await OfferAsync(10);
        await _store.Campaigns.MoveAsync(campaign.Id, [CampaignState.Running], CampaignState.Cancelled, Stop);
        Assert.Equal([""], await _store.Queue.LanesAsync(Stop));

        _store.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await OfferAsync(10));

        Assert.Equal(1, (await _store.CampaignAsync(campaign.Id)).Counts.Unknown);
        Assert.Null(await OfferAsync(10));
        Assert.Empty(await _store.Queue.LanesAsync(Stop));
    }

    [Fact]
    public async Task Offers_carry_the_campaigns_revision()
    {
        var campaign = await _store.RunningAsync(2);
        Assert.All((await OfferAsync(10))!.Jobs, job => Assert.Equal(campaign.Revision, job.Revision));
        Assert.True(campaign.Revision > 0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_attempts_are_the_most_that_any_report_counted_whatever_their_order(bool reversed)
    {
        await _store.RunningAsync(1);
        var job = Assert.Single((await OfferAsync(1))!.Jobs);
        List<DeliveryEvent> reports =
        [
            new() { JobId = job.JobId, Status = new(1, DeliveryState.Unknown, 1), Error = "No answer." },
            new() { JobId = job.JobId, Status = new(1, DeliveryState.Cancelled, 3) },
        ];
        if (reversed)
        {
            reports.Reverse();
        }

        foreach (var report in reports)
        {
            await _store.Deliveries.AppendAsync([report], Stop);
        }

        var delivery = (await _store.Deliveries.GetAsync(job.QueueId, Stop))!;
        Assert.Equal((new DeliveryStatus(1, DeliveryState.Unknown, 3), "No answer."), (delivery.Status, delivery.Error));
    }

    [Fact]
    public async Task What_nobody_reports_on_is_offered_again_with_the_window_full()
    {
        await _store.RunningAsync(3);
        var first = (await OfferAsync(2))!;
        _store.Clock.Advance(TimeSpan.FromMinutes(5));
        await _store.Deliveries.AppendAsync([new() { JobId = first.Jobs[0].JobId, Status = new(1, DeliveryState.Retry, 1) }], Stop);
        _store.Clock.Advance(TimeSpan.FromMinutes(5));

        var again = (await OfferAsync(2))!;

        Assert.Equal(first.Jobs[1].JobId, Assert.Single(again.Jobs).JobId);
        Assert.False(again.Jobs[0].Ambiguous);
    }

    [Fact]
    public async Task A_silent_sending_side_is_offered_everything_again()
    {
        await _store.RunningAsync(3);
        await OfferAsync(10);

        await _store.Queue.OfferAgainAsync("default", int.MaxValue, Stop);

        var again = (await OfferAsync(10))!;
        Assert.Equal(3, again.Jobs.Count);
        Assert.All(again.Jobs, job => Assert.False(job.Ambiguous));
    }

    [Fact]
    public async Task One_is_offered_again_to_ask_how_the_sending_side_is()
    {
        await _store.RunningAsync(3);
        var first = (await OfferAsync(10))!;
        await _store.Queue.OfferAgainAsync("default", 1, Stop);
        Assert.Equal(first.Jobs[0].JobId, Assert.Single((await OfferAsync(10))!.Jobs).JobId);
    }

    [Fact]
    public async Task A_queue_that_began_anew_is_offered_everything_again_as_perhaps_sent()
    {
        await _store.RunningAsync(3);
        await OfferAsync(2);
        Assert.Null(await _store.Queue.HeardAsync("default", Stop));
        Assert.False(await _store.Queue.HearAsync("default", "first life", Stop));
        Assert.Equal("first life", await _store.Queue.HeardAsync("default", Stop));
        Assert.False(await _store.Queue.HearAsync("default", "first life", Stop));
        Assert.Null(await OfferAsync(2));

        Assert.True(await _store.Queue.HearAsync("default", "second life", Stop));
        Assert.False(await _store.Queue.HearAsync("default", "second life", Stop));

        var again = (await OfferAsync(10))!;
        Assert.Equal([false, true, true], again.Jobs.Select(job => job.Ambiguous).Order());
    }

    [Fact]
    public async Task The_first_queue_that_is_heard_is_offered_everything_again_where_one_before_it_may_have_got_it()
    {
        await _store.RunningAsync(3);
        await OfferAsync(10);
        await _store.Queue.OfferAgainAsync("default", 1, Stop);
        await OfferAsync(10);

        Assert.True(await _store.Queue.HearAsync("default", "second life", Stop));
        Assert.False(await _store.Queue.HearAsync("default", "second life", Stop));

        Assert.Equal([true, true, true], (await OfferAsync(10))!.Jobs.Select(job => job.Ambiguous));
    }

    [Fact]
    public async Task A_queue_that_began_anew_is_told_again_what_people_stopped()
    {
        var campaigns = new List<Campaign>();
        foreach (var name in new[] { "Paused", "Cancelled", "Goes on" })
        {
            campaigns.Add(await _store.RunningAsync(2, name));
        }

        var jobs = (await OfferAsync(10))!.Jobs;
        await _store.Queue.HearAsync("default", "first life", Stop);
        var paused = (await _store.Campaigns.MoveAsync(campaigns[0].Id, [CampaignState.Running], CampaignState.Paused, Stop)).OrThrow();
        var cancelled = (await _store.Campaigns.MoveAsync(campaigns[1].Id, [CampaignState.Running], CampaignState.Cancelled, Stop)).OrThrow();
        var person = (long)jobs[^1].Fields["user_id"]!;
        await _store.Contacts.SetConsentAsync(person, ConsentStatus.Unsubscribed, Stop);
        await ForgetControlAsync();

        await _store.Queue.HearAsync("default", "second life", Stop);

        var told = await ForgetControlAsync();
        Assert.Equal(
            [(JobId.Of(paused.Id).Text, paused.Revision, CampaignState.Paused), (JobId.Of(cancelled.Id).Text, cancelled.Revision, CampaignState.Cancelled)],
            told.Where(control => control.State is not null).Select(control => (control.CampaignId, control.Revision, control.State!.Value)));
        Assert.Equal(
            jobs.Where(job => person.Equals(job.Fields["user_id"])).Select(job => (job.JobId, 1)), told.SelectMany(control => control.Withdraw));
        Assert.False(await _store.Queue.HearAsync("default", "second life", Stop));
        Assert.Empty(await ForgetControlAsync());
    }

    [Fact]
    public async Task Changes_of_a_campaign_and_withdrawals_wait_for_the_sending_side()
    {
        var campaign = await _store.RunningAsync(2);
        var jobs = (await OfferAsync(10))!.Jobs;
        await _store.Contacts.SetConsentAsync((long)jobs[0].Fields["user_id"]!, ConsentStatus.Unsubscribed, Stop);
        var cancelled = (await _store.Campaigns.MoveAsync(campaign.Id, [CampaignState.Running], CampaignState.Cancelled, Stop)).OrThrow();
        Assert.Equal(2, cancelled.Counts.Waiting);

        var (sequence, withdraw) = (await _store.Queue.ReadControlAsync(Stop))!.Value;
        Assert.Equal([(jobs[0].JobId, 1)], withdraw.Withdraw);
        await _store.Queue.AcknowledgeControlAsync(sequence, Stop);
        var (last, cancel) = (await _store.Queue.ReadControlAsync(Stop))!.Value;
        Assert.Equal((jobs[0].CampaignId, cancelled.Revision, CampaignState.Cancelled), (cancel.CampaignId, cancel.Revision, cancel.State));
        await _store.Queue.AcknowledgeControlAsync(last, Stop);
        Assert.Null(await _store.Queue.ReadControlAsync(Stop));
    }

    [Fact]
    public async Task Frozen_data_do_not_change_when_the_contact_is_edited()
    {
        var campaign = await _store.RunningAsync(1);
        var block = (await _store.ClaimAsync())!;
        var id = (long)block.Jobs[0].Fields["user_id"]!;
        await _store.Contacts.UpdateAsync(id, new ContactData { Email = "new@example.org", Name = "New" }, Stop);
        await _store.Queue.ReleaseAsync(block.Fence, [block.Jobs[0].QueueId], Stop);

        var again = (await _store.ClaimAsync())!;

        Assert.Equal(("p1@example.org", "Person 1"), (again.Jobs[0].Fields["email"], again.Jobs[0].Fields["name"]));
        Assert.Equal("p1@example.org", (await _store.Deliveries.ListAsync(campaign.Id, new DeliveryQuery(), Stop)).Items[0].Email);
    }

    [Fact]
    public async Task Segments_are_frozen_with_the_rest_where_the_template_reads_them()
    {
        var everyone = await _store.SeedSegmentAsync(2);
        var vip = (await _store.Segments.AddAsync("VIP \"ä\" & co", Stop)).OrThrow();
        var people = (await _store.Contacts.ListAsync(new ContactQuery(), Stop)).Items;
        await _store.Segments.AddMembersAsync(vip.Id, [people[0].Id], Stop);
        await _store.Campaigns.StartAsync((await _store.DraftAsync(everyone)).Id, Content with { ReadsSegments = true }, null, Stop);
        var block = (await _store.ClaimAsync())!;
        await _store.Segments.RenameAsync(everyone, "All", Stop);
        await _store.Segments.DeleteAsync(vip.Id, Stop);
        await _store.Queue.ReleaseAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop);

        var again = (await OfferAsync(10))!;

        foreach (var jobs in new[] { block.Jobs, again.Jobs })
        {
            Assert.Equal(["Everyone,VIP \"ä\" & co", "Everyone"], jobs.OrderBy(job => job.QueueId).Select(SegmentsOf));
        }
    }

    [Fact]
    public async Task Who_belongs_to_no_segment_any_more_has_none_and_templates_that_do_not_read_them_get_none()
    {
        var (left, others) = (await _store.SeedSegmentAsync(1, "Left"), await _store.SeedSegmentAsync(1, "Others"));
        await _store.Campaigns.StartAsync((await _store.DraftAsync(left, "Reads")).Id, Content with { ReadsSegments = true }, null, Stop);
        await _store.Campaigns.StartAsync((await _store.DraftAsync(others, "Does not")).Id, StoreFixture.Content, null, Stop);
        await _store.Segments.DeleteAsync(left, Stop);
        await _store.Segments.DeleteAsync(others, Stop);

        var block = (await _store.ClaimAsync())!;

        Assert.Equal(["", null], block.Jobs.OrderBy(job => job.QueueId).Select(SegmentsOf));
    }

    [Fact]
    public async Task Attributes_as_deep_as_a_request_allows_can_be_claimed_again()
    {
        using var deep = JsonDocument.Parse(new string('[', 62) + new string(']', 62));
        var segment = (await _store.Segments.AddAsync("Deep", Stop)).OrThrow();
        var attributes = new Dictionary<string, JsonElement> { ["deep"] = deep.RootElement };
        await _store.Contacts.UpsertAsync([new() { Email = "a@example.org", Attributes = attributes }], segment.Id, Stop);
        await _store.Campaigns.StartAsync((await _store.DraftAsync(segment.Id)).Id, Content, null, Stop);
        await _store.ClaimAsync();
        _store.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single((await _store.ClaimAsync())!.Jobs);
    }

    [Fact]
    public async Task Deleting_a_contact_cancels_and_blanks_but_keeps_the_delivery()
    {
        var campaign = await _store.RunningAsync(2);
        var block = (await _store.ClaimAsync())!;
        await _store.Contacts.DeleteAsync((long)block.Jobs[0].Fields["user_id"]!, Stop);

        var deliveries = (await _store.Deliveries.ListAsync(campaign.Id, new DeliveryQuery(), Stop)).Items;

        Assert.Equal((DeliveryState.Cancelled, (string?)null), (deliveries[0].Status.State, deliveries[0].Email));
        Assert.Equal([block.Jobs[1].QueueId], await _store.Queue.MarkAsync(block.Fence, [.. block.Jobs.Select(job => job.QueueId)], Stop));
    }

    [Fact]
    public async Task Counts_always_add_up_to_the_planned()
    {
        var campaign = await _store.RunningAsync(30);
        var random = new Random(1);
        DeliveryState[] ends = [.. Enum.GetValues<DeliveryState>().Where(state => state > DeliveryState.Sending)];
        for (var step = 0; step < 60 && (await _store.CampaignAsync(campaign.Id)).State == CampaignState.Running; step++)
        {
            if (await _store.ClaimAsync(5) is { } block)
            {
                var marked = await _store.Queue.MarkAsync(block.Fence, [.. block.Jobs.Take(4).Select(job => job.QueueId)], Stop);
                await _store.Queue.CompleteAsync(block.Fence,
                    [.. marked.Skip(1).Select(id => new SendResult { QueueId = id, Status = new(1, ends[random.Next(ends.Length)], 1) })], Stop);
            }

            _store.Clock.Advance(TimeSpan.FromSeconds(10));
            var counts = (await _store.CampaignAsync(campaign.Id)).Counts;
            Assert.Equal(30, counts.Planned);
            foreach (var (state, n) in new[] { (DeliveryState.Pending, counts.Pending), (DeliveryState.Sending, counts.Sending), (DeliveryState.Success, counts.Success) })
            {
                Assert.Equal(n, (await _store.Deliveries.ListAsync(campaign.Id, new DeliveryQuery { State = state, Limit = 1000 }, Stop)).Items.Count);
            }
        }
    }

    private static string? SegmentsOf(SendJob job) =>
        job.Fields.TryGetValue(TemplateFields.Segments, out var names) ? string.Join(',', ((IEnumerable<object?>)names!)) : null;

    private async Task<List<SendControl>> ForgetControlAsync()
    {
        var told = new List<SendControl>();
        while (await _store.Queue.ReadControlAsync(Stop) is var (sequence, control))
        {
            told.Add(control);
            await _store.Queue.AcknowledgeControlAsync(sequence, Stop);
        }

        return told;
    }

    private Task<SendBlock?> OfferAsync(int window) =>
        _store.Queue.OfferAsync(new ClaimRequest("default", 100, TimeSpan.FromMinutes(10)), window, Stop);
}
