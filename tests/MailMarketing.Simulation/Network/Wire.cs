namespace MailMarketing.Simulation;

/// <summary>A connection from a machine to a store: every call takes its time, and some get no answer, done or not.</summary>
internal sealed class Wire(World world, Plan plan, Machine machine, Ledger ledger)
{
    /// <summary>Makes a call; <paramref name="done"/> sees its answer where it was done, whether or not the machine does.</summary>
    public async Task<T> CallAsync<T>(string name, Func<Task<T>> call, Action<T>? done = null)
    {
        await TravelAsync();
        if (IsLost())
        {
            ledger.Lost(machine, name);
            throw new MailMarketingException($"{name} did not arrive.");
        }

        var answer = await call();
        world.Note($"{machine.Name} {name}");
        done?.Invoke(answer);
        await TravelAsync();
        if (IsLost())
        {
            ledger.Lost(machine, name);
            throw new MailMarketingException($"The answer to {name} was lost.");
        }

        return answer;
    }

    /// <summary>A call without an answer of its own.</summary>
    public Task CallAsync(string name, Func<Task> call, Action? done = null) => CallAsync<object?>(
        name,
        async () =>
        {
            await call();
            return null;
        },
        _ => done?.Invoke());

    private Task TravelAsync() => Task.Delay(world.Between(0, 30), machine.Time, CancellationToken.None);

    private bool IsLost() => ledger.IsTrouble && world.Chance(plan.LostCall);
}
