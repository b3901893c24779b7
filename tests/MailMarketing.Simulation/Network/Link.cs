namespace MailMarketing.Simulation;

/// <summary>
/// What passes between the two services: calls get lost on the way there or back, and some arrive once more, later, as when a proxy
/// repeats them.
/// </summary>
internal sealed class Link(
    World world, Plan plan, Machine machine, Machine there, Wire wire, Func<Reception> intake, IDeliveryStore deliveries, Ledger ledger)
    : IRemoteSender, IDeliveryReporter
{
    private const double Repeated = 0.05;

    public async Task<Result<string>> SubmitAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        if (ledger.IsTrouble && world.Chance(plan.LostCall / 2))
        {
            return Problem.Unavailable("The other side is full.");
        }

        var queue = await wire.CallAsync(
            $"submit {batch.Jobs.Count}",
            () => intake().AcceptAsync(batch, CancellationToken.None),
            _ => ledger.Heard(batch.Revision, CampaignState.Running));
        Again(() => intake().AcceptAsync(batch, CancellationToken.None));
        return queue;
    }

    public async Task ControlAsync(SendControl control, CancellationToken cancellationToken)
    {
        await wire.CallAsync($"control {control.State}", () => intake().ControlAsync(control, CancellationToken.None), () => Heard(control));
        Again(() => intake().ControlAsync(control, CancellationToken.None));
    }

    public async Task ReportAsync(string incarnation, IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken)
    {
        await wire.CallAsync($"report {events.Count}", () => deliveries.AppendAsync(events, CancellationToken.None));
        Again(() => deliveries.AppendAsync([.. events.Reverse()], CancellationToken.None));
    }

    public Task<SenderSettingsView> GetSettingsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Result<SenderSettingsView>> UpdateSettingsAsync(SenderSettingsPatch patch, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private void Heard(SendControl control)
    {
        if (control.State is { } state)
        {
            ledger.Heard(control.Revision, state);
        }

        foreach (var (id, _) in control.Withdraw)
        {
            ledger.Withdrawn(id.AsDeliveryId() ?? 0);
        }
    }

    private void Again(Func<Task> call)
    {
        if (ledger.IsTrouble && world.Chance(Repeated))
        {
            var delay = world.Between(100, 20_000);
            there.Start(async () =>
            {
                await Task.Delay(delay, there.Time, CancellationToken.None);

                // Signatures refuse a call that was seen before; only a restart makes them forget, not ten seconds and a lost queue at once
                if (!ledger.IsEmptied)
                {
                    world.Note($"a call of {machine.Name} arrives once more");
                    await call();
                }
            });
        }
    }
}
