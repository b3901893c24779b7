using FsCheck;
using FsCheck.Fluent;

namespace MailMarketing.Core.Tests.Planning;

/// <summary>Any sequence of commands to the real client on real storage ends as a small model of it says.</summary>
public sealed class CampaignModelTests : IAsyncLifetime
{
    private static readonly DeliveryState[] Outcomes = [DeliveryState.Success, DeliveryState.Failure, DeliveryState.AuthFailure, DeliveryState.Unknown];

    private readonly SqliteClient _sqlite = new();

    private enum Step
    {
        Schedule, Unschedule, Start, Pause, Resume, Cancel, RetryAll, RetryOne, ConfirmSent, Resend, Suppress, Unsubscribe, Delete, Due, Send,
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private MailMarketingClient Client => _sqlite.Client;

    public async ValueTask InitializeAsync() => await _sqlite.ReadyAsync(Stop);

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    [Fact]
    public async Task Any_commands_in_any_order_end_as_the_model_says()
    {
        var step = Gen.Frequency(
            (6, Gen.Constant(Step.Send)), (3, Gen.Constant(Step.Start)), (2, Gen.Constant(Step.Due)), (6, Gen.Elements(Enum.GetValues<Step>())));
        var steps = from kind in step from person in Gen.Choose(0, 2) from outcome in Gen.Elements(Outcomes) select (kind, person, outcome);
        var sequences = steps.ListOf().Resize(30).ToArbitrary();

        // The sequences of one run; the first that differs is told step by step
        foreach (var sequence in sequences.Generator.Sample(30, 60))
        {
            await RunAsync([.. sequence]);
        }
    }

    private async Task RunAsync(List<(Step Kind, int Person, DeliveryState Outcome)> steps)
    {
        var model = new CampaignModel();
        var (campaign, people) = await _sqlite.DraftAsync(3, Stop);
        for (var at = 0; at < steps.Count; at++)
        {
            await StepAsync(model, campaign.Id, people, steps[at], Told(steps, at));
            var real = (await Client.Campaigns.GetAsync(campaign.Id, Stop))!;
            Assert.True(model.State == real.State, $"The model is {model.State}, the campaign {real.State}. {Told(steps, at)}");
            foreach (var state in Enum.GetValues<DeliveryState>())
            {
                Assert.True(
                    model.Count(state) == real.Counts.In(state), $"{state}: {model.Count(state)} and {real.Counts.In(state)}. {Told(steps, at)}");
            }

            Assert.Empty((await Client.Deliveries.ReconcileAsync(campaign.Id, Stop)).OrThrow().Differences);
        }

        // So that nothing of it is claimed by the next
        await Client.Campaigns.CancelAsync(campaign.Id, Stop);
    }

    private async Task StepAsync(
        CampaignModel model, long id, IReadOnlyList<Contact> people, (Step Kind, int Person, DeliveryState Outcome) step, string told)
    {
        var contact = people[step.Person];
        var delivery = (await Client.Deliveries.ListAsync(id, new DeliveryQuery(), Stop)).OrThrow().Items
            .FirstOrDefault(known => known.ContactId == contact.Id)?.Id ?? 999_999;
        var (expected, result) = step.Kind switch
        {
            Step.Schedule => (model.Do(CampaignCommand.Schedule), await Client.Campaigns.ScheduleAsync(id, _sqlite.Time.GetUtcNow().AddMinutes(1), Stop)),
            Step.Unschedule => (model.Do(CampaignCommand.Unschedule), await Client.Campaigns.UnscheduleAsync(id, Stop)),
            Step.Start => (model.Start(), await Client.Campaigns.StartAsync(id, Stop)),
            Step.Pause => (model.Do(CampaignCommand.Pause), await Client.Campaigns.PauseAsync(id, Stop)),
            Step.Resume => (model.Do(CampaignCommand.Resume), await Client.Campaigns.ResumeAsync(id, Stop)),
            Step.Cancel => (model.Do(CampaignCommand.Cancel), await Client.Campaigns.CancelAsync(id, Stop)),
            Step.RetryAll => (model.Retry(null), await Client.Campaigns.RetryAsync(id, null, Stop)),
            Step.RetryOne => (model.Retry(step.Person), await Client.Campaigns.RetryAsync(id, [delivery], Stop)),
            Step.ConfirmSent => (
                model.Resolve(step.Person, DeliveryResolution.Sent),
                await Client.Deliveries.ResolveAsync(id, [delivery], DeliveryResolution.Sent, Stop)),
            Step.Resend => (
                model.Resolve(step.Person, DeliveryResolution.Resend),
                await Client.Deliveries.ResolveAsync(id, [delivery], DeliveryResolution.Resend, Stop)),
            _ => (true, (await Client.Campaigns.GetAsync(id, Stop))!),
        };
        Assert.True(expected == result.Succeeded, $"Expected {expected}, got {result.Problem?.Detail ?? "success"}. {told}");
        switch (step.Kind)
        {
            case Step.Suppress:
                model.OptOut(step.Person);
                (await Client.Contacts.SuppressAsync(contact.Email, null, Stop)).OrThrow();
                break;
            case Step.Unsubscribe:
                model.OptOut(step.Person);
                await Client.Contacts.UnsubscribeAsync(contact.Id, Stop);
                break;
            case Step.Delete:
                model.Delete(step.Person);
                await Client.Contacts.DeleteAsync(contact.Id, Stop);
                break;
            case Step.Due:
                _sqlite.Time.Advance(TimeSpan.FromMinutes(2));
                Assert.Equal(model.State == CampaignState.Scheduled, await _sqlite.StartDueAsync(Stop));
                model.Due();
                break;
            case Step.Send:
                var job = await _sqlite.SendAsync(step.Outcome, Stop);
                Assert.True(model.CanSend == (job is not null), $"Can it send? {model.CanSend}. {told}");
                if (job is not null)
                {
                    model.Sent(people.ToList().FindIndex(person => person.Id == (long)job.Fields["user_id"]!), step.Outcome);
                }

                break;
        }
    }

    private static string Told(List<(Step Kind, int Person, DeliveryState Outcome)> steps, int at) =>
        $"After: {string.Join(", ", steps.Take(at + 1).Select(step => $"{step.Kind}({step.Person}, {step.Outcome})"))}.";
}
