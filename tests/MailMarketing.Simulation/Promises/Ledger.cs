using System.Globalization;

namespace MailMarketing.Simulation;

/// <summary>What an all-seeing eye writes down while a run goes on, by message keys: the checker compares it with what the stores say.</summary>
internal sealed class Ledger(World world, Plan plan)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _start = world.Now;
    private readonly Dictionary<long, string> _keyOf = [];
    private readonly Dictionary<string, int> _doubts = new(StringComparer.Ordinal);
    private readonly Dictionary<Machine, HashSet<string>> _open = [];
    private readonly Dictionary<long, DateTimeOffset> _withdrawn = [];
    private DateTimeOffset? _stopped;
    private long _revision;

    public TimeSpan Elapsed => world.Now - _start;

    /// <summary>What each key stands for.</summary>
    public Dictionary<string, (long Delivery, int Round)> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>When messages left, by the machine's name.</summary>
    public List<(string Machine, DateTimeOffset At)> Departures { get; } = [];

    public List<string> Violations { get; } = [];

    /// <summary>Whether things may go wrong; not after the faults' end, nor once all deliveries have ended.</summary>
    public bool IsTrouble => Elapsed < plan.FaultsEnd && !IsOver;

    /// <summary>Whether all deliveries have ended.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether the email client's queue lost everything once.</summary>
    public bool IsEmptied { get; private set; }

    /// <summary>Whether web may not know what the email client's queue has or had.</summary>
    public bool IsHandOverInDoubt { get; private set; }

    public int Faults { get; private set; }

    /// <summary>Crashes and freezes that met a message between its mark and its outcome.</summary>
    public int HitsInFlight { get; private set; }

    public void Violation(string what)
    {
        world.Note($"VIOLATION {what}");
        Violations.Add(what);
    }

    /// <summary>How often the poison killed.</summary>
    public int PoisonDeaths { get; set; }

    public bool IsAlwaysRejected(string email) => new Random(unchecked((plan.Seed * 31) + NumberOf(email))).NextDouble() < plan.Rejected;

    public bool IsPoison(string email) => NumberOf(email) == plan.Poison;

    public void Claimed(SendBlock block)
    {
        foreach (var job in block.Jobs)
        {
            _keyOf[job.QueueId] = job.IdempotencyKey;
            var meaning = (Forgetful.NameBack(job.JobId).AsDeliveryId() ?? 0, job.Status.Round);
            if (Keys.TryGetValue(job.IdempotencyKey, out var known) && known != meaning)
            {
                Violation($"I2: one key stands for {known} and for {meaning}.");
            }

            Keys[job.IdempotencyKey] = meaning;
        }
    }

    public void Marked(Machine machine, IEnumerable<long> queueIds) => OpenOf(machine).UnionWith(queueIds.Select(id => _keyOf[id]));

    public void Closed(Machine machine, IEnumerable<long> queueIds) => OpenOf(machine).ExceptWith(queueIds.Select(id => _keyOf[id]));

    /// <summary>A request leaves; nobody who was stopped or withdrew a second ago may be sent to, except by who slept over it.</summary>
    public void Leaves(Machine machine, string key)
    {
        Departures.Add((machine.Name, world.Now));
        var since = _withdrawn.TryGetValue(Keys[key].Delivery, out var at) && !(_stopped < at) ? at : _stopped;
        if (since is { } stop && world.Now > stop + Grace && machine.ThawedAt <= stop)
        {
            Violation($"I7: delivery {Keys[key].Delivery} leaves {(world.Now - stop).TotalMilliseconds:0} ms after it was stopped.");
        }
    }

    public void Stopped() => _stopped ??= world.Now;

    public void Resumed() => _stopped = null;

    /// <summary>The email client hears what the campaign does, from web's word or from a batch; an older word changes nothing.</summary>
    public void Heard(long revision, CampaignState state)
    {
        if (revision <= _revision)
        {
            return;
        }

        _revision = revision;
        if (state == CampaignState.Running)
        {
            Resumed();
        }
        else
        {
            Stopped();
        }
    }

    public void Withdrawn(long delivery) => _withdrawn.TryAdd(delivery, world.Now);

    /// <summary>Whether a machine has marked what it does not know the outcome of.</summary>
    public bool IsSending(Machine machine) => OpenOf(machine).Count > 0;

    /// <summary>A fault hits a machine: nobody can tell of what it had marked.</summary>
    public void Hit(Machine machine, string how)
    {
        var open = OpenOf(machine);
        Faults++;
        HitsInFlight += open.Count > 0 ? 1 : 0;
        IsHandOverInDoubt |= machine.Name == Cluster.Web;
        world.Note($"{machine.Name} {how} with {open.Count} on their way");
        Doubt(open);
    }

    /// <summary>The email client's queue loses everything.</summary>
    public void Empty()
    {
        (IsEmptied, IsHandOverInDoubt) = (true, true);
        Doubt(Keys.Keys);
    }

    /// <summary>A call of a machine got no answer.</summary>
    public void Lost(Machine machine, string call)
    {
        world.Note($"{machine.Name} gets no answer to {call}");
        Faults++;
        HitsInFlight += OpenOf(machine).Count > 0 ? 1 : 0;
        IsHandOverInDoubt |= machine.Name == Cluster.Web;
        Doubt(OpenOf(machine));
    }

    /// <summary>Messages left without an answer.</summary>
    public void Unanswered(IReadOnlyCollection<string> keys)
    {
        (Faults, HitsInFlight) = (Faults + keys.Count, HitsInFlight + keys.Count);
        Doubt(keys);
    }

    public void Doubt(IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            _doubts[key] = DoubtsOf(key) + 1;
        }
    }

    public int DoubtsOf(string key) => _doubts.GetValueOrDefault(key);

    private static int NumberOf(string email) =>
        int.Parse(email.AsSpan(1, email.IndexOf('@', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture);

    private HashSet<string> OpenOf(Machine machine)
    {
        if (!_open.TryGetValue(machine, out var open))
        {
            _open[machine] = open = new HashSet<string>(StringComparer.Ordinal);
        }

        return open;
    }
}
