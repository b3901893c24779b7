using static MailMarketing.DeliveryState;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>Every command and every report, to a delivery in every state.</summary>
public abstract class DeliveryCommandCases : IDisposable
{
    private static readonly DeliveryState[] All = Enum.GetValues<DeliveryState>();

    // The rules again, written out: where a command leads; what is not listed stays
    private static readonly Dictionary<string, Dictionary<DeliveryState, DeliveryState>> Expected = new()
    {
        ["suppress"] = new() { [Pending] = Suppressed, [Retry] = Suppressed },
        ["unsubscribe"] = new() { [Pending] = Suppressed, [Retry] = Suppressed },
        ["delete"] = new() { [Pending] = Cancelled, [Retry] = Cancelled },
        ["cancel"] = new() { [Pending] = Cancelled, [Retry] = Cancelled },
        ["retry all"] = new() { [Failure] = Pending, [AuthFailure] = Pending },
        ["retry chosen"] = new() { [Failure] = Pending, [AuthFailure] = Pending, [Unknown] = Pending },
        ["confirm sent"] = new() { [Unknown] = Success },
    };

    private readonly StoreFixture _store;

    protected DeliveryCommandCases(StoreFixture store) => _store = store;

    public static TheoryData<string> Commands => [.. Expected.Keys];

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_moves_a_delivery_from_just_the_states_it_makes_sense_in(string command)
    {
        foreach (var state in All)
        {
            var before = await InStateAsync(state, $"{command} {state}");
            await RunAsync(command, before);

            var after = (await _store.Deliveries.GetAsync(before.Id, Stop))!;
            var expected = Expected[command].GetValueOrDefault(state, state);
            Assert.True(expected == after.Status.State, $"{command} in {state}: expected {expected}, got {after.Status.State}.");
            Assert.Equal(before.Status.Round + (command.StartsWith("retry", StringComparison.Ordinal) && expected != state ? 1 : 0), after.Status.Round);
            Assert.Equal(command == "confirm sent" && state == Unknown, after.ByPerson);
            Assert.Empty((await _store.Deliveries.ReconcileAsync(before.CampaignId, Stop)).OrThrow().Differences);
        }
    }

    [Fact]
    public async Task A_report_moves_a_delivery_to_just_the_states_that_say_more()
    {
        DeliveryState[] order = [Pending, Sending, Retry, Cancelled, Suppressed, AuthFailure, Failure, Unknown, Success];
        var campaign = await _store.RunningAsync(All.Length * All.Length, "Reports");
        var jobs = (await _store.Queue.OfferAsync(new ClaimRequest("default", 100, TimeSpan.FromMinutes(10)), 100, Stop))!.Jobs;
        var cases = All.SelectMany(first => All.Select(second => (First: first, Second: second))).Zip(jobs).ToList();
        DeliveryEvent Report(SendJob job, DeliveryState state) => new() { JobId = job.JobId, Status = new(1, state, 1) };

        await _store.Deliveries.AppendAsync([.. cases.Select(one => Report(one.Second, one.First.First))], Stop);
        await _store.Deliveries.AppendAsync([.. cases.Select(one => Report(one.Second, one.First.Second))], Stop);

        foreach (var ((first, second), job) in cases)
        {
            var state = (await _store.Deliveries.GetAsync(job.QueueId, Stop))!.Status.State;
            var expected = Array.IndexOf(order, second) > Array.IndexOf(order, first) ? second : first;
            Assert.True(expected == state, $"{second} after {first}: expected {expected}, got {state}.");
        }

        Assert.Empty((await _store.Deliveries.ReconcileAsync(campaign.Id, Stop)).OrThrow().Differences);
    }

    [Fact]
    public async Task What_a_person_said_ends_with_the_next_round_and_counts_in_a_cancelled_campaign_too()
    {
        var sent = await InStateAsync(Unknown, "Said");
        await _store.Campaigns.MoveAsync(sent.CampaignId, [CampaignState.Running], CampaignState.Cancelled, Stop);

        Assert.Equal(1, await _store.Deliveries.ConfirmSentAsync(sent.CampaignId, [sent.Id, 999], Stop));
        Assert.Equal(0, await _store.Deliveries.ConfirmSentAsync(sent.CampaignId, [sent.Id], Stop));
        Assert.Equal(0, await _store.Deliveries.ConfirmSentAsync(999, [sent.Id], Stop));

        var campaign = await _store.CampaignAsync(sent.CampaignId);
        Assert.Equal((1, 0, CampaignState.Cancelled), (campaign.Counts.Success, campaign.Counts.Unknown, campaign.State));
        Assert.NotNull(campaign.CompletedAt);
    }

    /// <summary>One delivery in a state; another of its campaign waits, so that the campaign runs.</summary>
    private async Task<Delivery> InStateAsync(DeliveryState state, string name)
    {
        var segment = (await _store.Segments.AddAsync(name, Stop)).OrThrow().Id;
        var slug = string.Concat(name.Where(char.IsLetter));
        await _store.Contacts.UpsertAsync([new() { Email = $"{slug}@example.org" }, new() { Email = $"{slug}.other@example.org" }], segment, Stop);
        var draft = await _store.DraftAsync(segment, name);
        var campaign = (await _store.Campaigns.StartAsync(draft.Id, Content, null, Stop)).OrThrow();
        var delivery = (await _store.Deliveries.ListAsync(campaign.Id, new DeliveryQuery(), Stop)).Items[0];
        if (state == Suppressed)
        {
            await RunAsync("unsubscribe", delivery);
            await _store.Contacts.SetConsentAsync(delivery.ContactId, ConsentStatus.Subscribed, Stop);
        }
        else if (state == Cancelled)
        {
            await RunAsync("delete", delivery);
        }
        else if (state != Pending)
        {
            await SendAsync(delivery, state);
        }

        return (await _store.Deliveries.GetAsync(delivery.Id, Stop))!;
    }

    private async Task SendAsync(Delivery delivery, DeliveryState state)
    {
        for (; ; )
        {
            // Others are kept away for the rest of the test
            var block = (await _store.Queue.ClaimAsync(new ClaimRequest("default", 1, TimeSpan.FromDays(1)), Stop))!;
            if (block.Jobs[0].QueueId != delivery.Id)
            {
                continue;
            }

            await _store.Queue.MarkAsync(block.Fence, [delivery.Id], Stop);
            if (state != Sending)
            {
                var result = new SendResult { QueueId = delivery.Id, Status = new(1, state, 1), RetryAfter = TimeSpan.FromDays(1), Error = "So it is." };
                await _store.Queue.CompleteAsync(block.Fence, [result], Stop);
            }

            return;
        }
    }

    private async Task RunAsync(string command, Delivery delivery)
    {
        switch (command)
        {
            case "suppress":
                if (delivery.Email is { } email)
                {
                    await _store.Suppressions.AddAsync(EmailAddress.Parse(email), "Asked for it", Stop);
                }

                break;
            case "unsubscribe":
                await _store.Contacts.SetConsentAsync(delivery.ContactId, ConsentStatus.Unsubscribed, Stop);
                break;
            case "delete":
                await _store.Contacts.DeleteAsync(delivery.ContactId, Stop);
                break;
            case "cancel":
                await _store.Campaigns.MoveAsync(delivery.CampaignId, [CampaignState.Running], CampaignState.Cancelled, Stop);
                break;
            case "retry all":
                await _store.Campaigns.RetryAsync(delivery.CampaignId, null, Stop);
                break;
            case "retry chosen":
                await _store.Campaigns.RetryAsync(delivery.CampaignId, [delivery.Id], Stop);
                break;
            default:
                await _store.Deliveries.ConfirmSentAsync(delivery.CampaignId, [delivery.Id], Stop);
                break;
        }
    }
}
