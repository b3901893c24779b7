using Dapper;
using Microsoft.Data.Sqlite;

namespace MailMarketing.Simulation;

/// <summary>Compares, once all is over, what the stores say with what really happened.</summary>
internal sealed class Checker(Plan plan, Files files, Sink sink, Ledger ledger)
{
    private readonly ILookup<(long Delivery, int Round), Arrival> _arrivals = sink.Arrivals.ToLookup(arrival => ledger.Keys[arrival.Key]);
    private readonly Dictionary<(long Delivery, int Round), string> _keys =
        ledger.Keys.GroupBy(key => key.Value).ToDictionary(same => same.Key, same => same.First().Key);

    /// <summary>Checks all promises; what is broken goes into the ledger.</summary>
    public void Check()
    {
        var rows = Read<Row>(files.Web, "SELECT id, round, state, attempts, coalesce(error, '') AS Error FROM delivery");
        foreach (var row in rows)
        {
            CheckOne(row);
        }

        foreach (var same in ledger.Keys.GroupBy(key => key.Value).Where(same => same.Count() > 1))
        {
            ledger.Violation($"I2: {same.Key} has {same.Count()} keys.");
        }

        foreach (var same in sink.Arrivals.GroupBy(arrival => arrival.Key)
            .Where(same => same.Select(arrival => arrival.Bytes).Distinct().Count() > 1))
        {
            ledger.Violation($"I2: the key of {ledger.Keys[same.Key]} came with different bytes.");
        }

        // Three times in each round that a person wants, and again where the queue lost the count
        if (ledger.PoisonDeaths > 3 * (1 + (plan.Retries ? 1 : 0) + (ledger.IsEmptied ? 1 : 0)))
        {
            ledger.Violation($"R16: one message killed {ledger.PoisonDeaths} times.");
        }

        CheckCounts(rows);
        CheckFinality(files.Web);
        CheckRate();
        if (plan.TwoServices)
        {
            CheckFinality(files.Intake);
            CheckReports(rows);
        }
    }

    private void CheckOne(Row row)
    {
        var (state, at) = ((DeliveryState)row.State, (row.Id, (int)row.Round));
        var arrivals = _arrivals[at].ToList();
        var taken = arrivals.Count(arrival => arrival.IsNew);
        var doubts = _keys.TryGetValue(at, out var key) ? ledger.DoubtsOf(key) : 0;
        void Broken(bool isBroken, string what)
        {
            if (isBroken)
            {
                ledger.Violation($"{what} (delivery {row.Id} round {row.Round}: {state}, {row.Attempts} attempts; "
                    + $"{arrivals.Count} arrived, {taken} taken, {doubts} doubts; {row.Error})");
            }
        }

        Broken(state <= DeliveryState.Retry, "I3: it still waits");
        Broken(state == DeliveryState.Success && taken == 0, "I6: success without the gateway");
        Broken(taken > 0 && state is not (DeliveryState.Success or DeliveryState.Unknown), "I6: the gateway took it");
        Broken(
            state is DeliveryState.Failure or DeliveryState.AuthFailure or DeliveryState.Unknown && row.Error.Length == 0 && !IsStopped,
            "P2: no reason");
        Broken(plan.Keyed && taken > 1, "I2: taken twice in spite of keys");
        Broken(!plan.Keyed && plan.Policy == SendPolicy.AtMostOnce && taken > 1, "I2: taken twice under AtMostOnce");
        Broken(!plan.Keyed && plan.Policy == SendPolicy.AtLeastOnce && taken > 1 + doubts, "I2: taken again without a doubt");
        Broken(
            state == DeliveryState.Unknown && doubts == 0 && !ledger.IsHandOverInDoubt && !(IsStopped && plan.TwoServices),
            "P5: unknown without a doubt");
        Broken(row.Attempts < arrivals.Count && !ledger.IsEmptied, "P4: more requests than attempts");
    }

    // Stopped deliveries end without a word of the engine's
    private bool IsStopped => plan.CancelAt is not null || plan.Restless > 0;

    private void CheckCounts(List<Row> rows)
    {
        if (rows.Count != plan.People)
        {
            ledger.Violation($"I5: {rows.Count} deliveries for {plan.People} people.");
        }

        var counts = Read<(long State, long Count)>(files.Web, "SELECT state, n FROM campaign_count WHERE n <> 0 ORDER BY state");
        var real = rows.GroupBy(row => row.State).Select(group => (group.Key, (long)group.Count())).Order().ToList();
        if (!counts.SequenceEqual(real))
        {
            ledger.Violation($"I5: counted {string.Join(' ', counts)} but there are {string.Join(' ', real)}.");
        }
    }

    private void CheckFinality(string database)
    {
        var moves = Read<(long Row, long Before, long After)>(database, "SELECT row, before, after FROM moved WHERE before > 2");
        foreach (var (row, before, after) in moves)
        {
            if (!new DeliveryStatus(1, (DeliveryState)before, 1).YieldsTo(new DeliveryStatus(1, (DeliveryState)after, 1)))
            {
                ledger.Violation($"I4: {row} went from {(DeliveryState)before} to {(DeliveryState)after}.");
            }
        }
    }

    /// <summary>The sending side's last word on each delivery is what web says.</summary>
    private void CheckReports(List<Row> rows)
    {
        var waiting = Read<long>(files.Intake, "SELECT count(*) FROM outbox").Single();
        if (waiting > 0)
        {
            ledger.Violation($"I9: {waiting} reports never arrived.");
        }

        var there = Read<(string Id, long Round, long State)>(files.Intake, "SELECT job_id, round, state FROM job")
            .ToLookup(job => (Forgetful.NameBack(new JobId(job.Id, true)).Text, job.Round), job => job.State);
        foreach (var row in rows.Where(row => there.Contains((JobId.Of(row.Id).Text, row.Round))))
        {
            var states = there[(JobId.Of(row.Id).Text, row.Round)];

            // Web may give up on what was stopped just when the sending side was silent
            var hasGivenUp = row.State == (long)DeliveryState.Unknown && ledger.IsHandOverInDoubt
                && states.Any(state => state is (long)DeliveryState.Suppressed or (long)DeliveryState.Cancelled);
            if (!states.Contains(row.State) && !ledger.IsEmptied && !hasGivenUp)
            {
                var others = string.Join(' ', states.Select(state => (DeliveryState)state));
                ledger.Violation($"I9: web says {(DeliveryState)row.State} of {row.Id}, the sending side {others}.");
            }
        }
    }

    /// <summary>A wire adds and takes tenths of a second, so that the rate is judged over ten.</summary>
    private void CheckRate()
    {
        const int Window = 10;
        if (plan.PerSecond is not { } limit || plan.Freeze > 0)
        {
            return;
        }

        foreach (var machine in ledger.Departures.GroupBy(departure => departure.Machine, departure => departure.At))
        {
            var times = machine.ToList();
            var most = (int)Math.Ceiling((limit * (Window + 0.5) * 1.05) + 1);
            for (var i = most; i < times.Count; i++)
            {
                if (times[i] - times[i - most] < TimeSpan.FromSeconds(Window))
                {
                    ledger.Violation($"I8: {machine.Key} sends more than {most} in {Window} s where {limit:0} a second are allowed.");
                    break;
                }
            }
        }
    }

    private static List<T> Read<T>(string connection, string sql)
    {
        using var database = new SqliteConnection(connection);
        return [.. database.Query<T>(sql)];
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long Round { get; init; }

        public long State { get; init; }

        public long Attempts { get; init; }

        public string Error { get; init; } = "";
    }
}
