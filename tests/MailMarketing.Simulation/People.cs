using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Simulation;

/// <summary>Those who use web: they start a campaign, stop it, change their minds, and look at it all the time.</summary>
internal sealed class People(World world, Plan plan, Ledger ledger, IServiceProvider office)
{
    private readonly ICampaignStore _campaigns = office.GetRequiredService<ICampaignStore>();
    private readonly IContactStore _contacts = office.GetRequiredService<IContactStore>();
    private bool _isRetried = !plan.Retries;

    public long CampaignId { get; private set; }

    /// <summary>Whether all has ended and everything that was late had its time.</summary>
    public bool AreDone { get; private set; }

    private static CancellationToken None => CancellationToken.None;

    /// <summary>Makes a campaign and starts it; nothing runs yet.</summary>
    public async Task BeginAsync()
    {
        var segment = (await office.GetRequiredService<ISegmentStore>().AddAsync("Everyone", None)).OrThrow();
        var people = Enumerable.Range(1, plan.People).Select(n => new ContactData { Email = $"p{n}@example.org", Name = $"Person {n}" });
        await _contacts.UpsertAsync([.. people], segment.Id, None);
        var source = new TemplateSource { Subject = "News for {{ name }}", Text = "Dear {{ name }}", Language = "scriban" };
        var template = (await office.GetRequiredService<ITemplateStore>().AddAsync("News", source, None)).OrThrow();
        var draft = new CampaignDraft { Name = "News", TemplateId = template.Id, SegmentIds = [segment.Id], Lane = "bulk", Policy = plan.Policy };
        var campaign = (await _campaigns.AddAsync(draft, None)).OrThrow();
        CampaignId = campaign.Id;
        var content = new FrozenContent { Source = source, From = new Mailbox("Shop", "shop@example.org"), FrozenAt = world.Now };
        (await _campaigns.StartAsync(CampaignId, new StartRequest(content, campaign.Revision), null, None)).OrThrow();
    }

    /// <summary>Everything that people do while it runs.</summary>
    public async Task ActAsync(Machine machine, Action emptyQueue)
    {
        At(machine, plan.PauseAt, () => PauseAsync(machine));
        At(machine, plan.CancelAt, CancelAsync);
        At(machine, plan.EmptyAt, () =>
        {
            emptyQueue();
            return Task.CompletedTask;
        });
        for (var i = 0; i < plan.Restless; i++)
        {
            At(machine, world.Between(0, 15_000), FidgetAsync);
        }

        while (!await HasEndedAsync())
        {
            await Task.Delay(world.Between(300, 900) * (plan.IsLong ? 50 : 1), machine.Time, None);
        }

        // Sleepers wake up, and what is late arrives
        ledger.IsOver = true;
        await Task.Delay((plan.Lease * 4) + TimeSpan.FromSeconds(15) + (2 * Node.PollInterval(plan)), machine.Time, None);
        AreDone = true;
    }

    private static void At(Machine machine, TimeSpan? when, Func<Task> act)
    {
        if (when is { } delay)
        {
            machine.Start(async () =>
            {
                await Task.Delay(delay, machine.Time, None);
                await act();
            });
        }
    }

    private async Task<bool> HasEndedAsync()
    {
        var campaign = (await _campaigns.GetAsync(CampaignId, None))!;
        if (campaign.Counts.Planned != plan.People)
        {
            ledger.Violation($"I5: {campaign.Counts.Planned} planned of {plan.People}.");
        }

        if (campaign.State == CampaignState.Completed && campaign.Counts.Waiting > 0)
        {
            ledger.Violation($"P10: completed while {campaign.Counts.Waiting} wait.");
        }

        if (campaign.State == CampaignState.Completed && !_isRetried)
        {
            _isRetried = true;
            world.Note("people retry what failed");
            return !(await _campaigns.RetryAsync(CampaignId, null, None)).Succeeded;
        }

        return campaign is { CompletedAt: not null, Counts.Waiting: 0 };
    }

    private async Task PauseAsync(Machine machine)
    {
        if ((await _campaigns.MoveAsync(CampaignId, [CampaignState.Running], CampaignState.Paused, None)).Succeeded)
        {
            Commit("pause", ledger.Stopped);
            await Task.Delay(world.Between(1500, 6000), machine.Time, None);
            if ((await _campaigns.MoveAsync(CampaignId, [CampaignState.Paused], CampaignState.Running, None)).Succeeded)
            {
                Commit("resume", ledger.Resumed);
            }
        }
    }

    private async Task CancelAsync()
    {
        CampaignState[] from = [CampaignState.Running, CampaignState.Paused];
        if ((await _campaigns.MoveAsync(CampaignId, from, CampaignState.Cancelled, None)).Succeeded)
        {
            Commit("cancel", ledger.Stopped);
        }
    }

    private async Task FidgetAsync()
    {
        // Contacts and their deliveries have the same numbers here
        var id = (long)world.Random.Next(1, plan.People + 1);
        switch (world.Random.Next(3))
        {
            case 0:
                await _contacts.SetConsentAsync(id, ConsentStatus.Unsubscribed, None);
                Commit($"{id} unsubscribe", () => ledger.Withdrawn(id));
                break;
            case 1:
                await _contacts.DeleteAsync(id, None);
                Commit($"{id} go", () => ledger.Withdrawn(id));
                break;
            default:
                await _contacts.UpdateAsync(id, new ContactData { Email = $"p{id}@example.org", Name = $"Other {id}" }, None);
                break;
        }
    }

    /// <summary>In one process a change holds at once; an email client elsewhere must hear of it first, see <see cref="Link"/>.</summary>
    private void Commit(string what, Action holds)
    {
        world.Note($"people {what}");
        if (!plan.TwoServices)
        {
            holds();
        }
    }
}
