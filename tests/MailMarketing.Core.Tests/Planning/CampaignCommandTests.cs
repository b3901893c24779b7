namespace MailMarketing.Core.Tests.Planning;

/// <summary>Every command to a campaign in every state, by the real client on real storage.</summary>
public sealed class CampaignCommandTests : IAsyncDisposable
{
    private readonly SqliteClient _sqlite = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MailMarketingClient Client => _sqlite.Client;

    [Fact]
    public async Task Each_is_done_where_the_table_allows_it_and_changes_nothing_elsewhere()
    {
        await _sqlite.ReadyAsync(Stop);
        foreach (var state in Enum.GetValues<CampaignState>())
        {
            foreach (var command in Enum.GetValues<CampaignCommand>().Except([CampaignCommand.Complete]))
            {
                var (before, unknown) = await InStateAsync(state);
                var result = await RunAsync(command, before.Id, unknown);

                var after = (await Client.Campaigns.GetAsync(before.Id, Stop))!;
                var expected = CampaignTransitions.To(command, state);
                Assert.True((expected is not null) == result.Succeeded, $"{command} in {state}: {result.Problem?.Detail ?? "it was done"}");
                Assert.True((expected ?? state) == after.State, $"{command} in {state} led to {after.State}.");
                if (expected is null)
                {
                    Assert.Equal(ProblemKind.Conflict, result.Problem!.Kind);
                    Assert.Equal((before.Revision, before.Counts), (after.Revision, after.Counts));
                }
            }
        }
    }

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    private Task<Result<Campaign>> RunAsync(CampaignCommand command, long id, long unknown) => command switch
    {
        CampaignCommand.Schedule => Client.Campaigns.ScheduleAsync(id, _sqlite.Time.GetUtcNow().AddHours(1), Stop),
        CampaignCommand.Unschedule => Client.Campaigns.UnscheduleAsync(id, Stop),
        CampaignCommand.Start => Client.Campaigns.StartAsync(id, Stop),
        CampaignCommand.Pause => Client.Campaigns.PauseAsync(id, Stop),
        CampaignCommand.Resume => Client.Campaigns.ResumeAsync(id, Stop),
        CampaignCommand.Cancel => Client.Campaigns.CancelAsync(id, Stop),
        CampaignCommand.Retry => Client.Campaigns.RetryAsync(id, null, Stop),
        CampaignCommand.ConfirmSent =>
            Client.Deliveries.ResolveAsync(id, unknown == 0 ? [] : [unknown], DeliveryResolution.Sent, Stop),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    /// <summary>A campaign to three people; once it has started one delivery failed, one is unknown and one waits, or was sent.</summary>
    private async Task<(Campaign Campaign, long Unknown)> InStateAsync(CampaignState state)
    {
        var (draft, _) = await _sqlite.DraftAsync(3, Stop);
        if (state == CampaignState.Draft)
        {
            return (draft, 0);
        }

        if (state == CampaignState.Scheduled)
        {
            return ((await RunAsync(CampaignCommand.Schedule, draft.Id, 0)).OrThrow(), 0);
        }

        (await Client.Campaigns.StartAsync(draft.Id, Stop)).OrThrow();
        await EndAsync(draft.Id, DeliveryState.Failure);
        var unknown = await EndAsync(draft.Id, DeliveryState.Unknown);
        switch (state)
        {
            case CampaignState.Paused:
                await Client.Campaigns.PauseAsync(draft.Id, Stop);
                break;
            case CampaignState.Completed:
                await EndAsync(draft.Id, DeliveryState.Success);
                break;
            case CampaignState.Cancelled:
                await Client.Campaigns.CancelAsync(draft.Id, Stop);
                break;
        }

        var campaign = (await Client.Campaigns.GetAsync(draft.Id, Stop))!;
        Assert.Equal(state, campaign.State);
        return (campaign, unknown);
    }

    // Campaigns of before take turns with this one
    private async Task<long> EndAsync(long campaign, DeliveryState outcome)
    {
        for (; ; )
        {
            var job = (await _sqlite.Queue.ClaimAsync(new ClaimRequest("bulk", 1, TimeSpan.FromHours(1)), Stop))!;
            if (job.Jobs[0].CampaignId == JobId.Of(campaign).Text)
            {
                await _sqlite.Queue.MarkAsync(job.Fence, [job.Jobs[0].QueueId], Stop);
                var result = new SendResult { QueueId = job.Jobs[0].QueueId, Status = new(1, outcome, 1) };
                await _sqlite.Queue.CompleteAsync(job.Fence, [result], Stop);
                return job.Jobs[0].QueueId;
            }
        }
    }
}
