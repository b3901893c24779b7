namespace MailMarketing.Simulation;

/// <summary>What a run is made of, all of it drawn from its seed. Probabilities are per step, call or message; times since the start.</summary>
internal sealed record Plan
{
    public required int Seed { get; init; }

    /// <summary>Web and email clients with queues of their own, or one process.</summary>
    public bool TwoServices { get; init; }

    /// <summary>Whether the gateway honours keys.</summary>
    public bool Keyed { get; init; }

    public SendPolicy Policy { get; init; }

    public int People { get; init; }

    public int Workers { get; init; }

    public int ClaimSize { get; init; }

    public TimeSpan Lease { get; init; }

    public TimeSpan Backoff { get; init; }

    public double? PerSecond { get; init; }

    /// <summary>How long the engine waits for an answer.</summary>
    public TimeSpan TimeOut { get; init; }

    /// <summary>Until when anything goes wrong; later all is well, so that every run must end.</summary>
    public TimeSpan FaultsEnd { get; init; }

    public double Crash { get; init; }

    public double Freeze { get; init; }

    public double Stop { get; init; }

    /// <summary>A call to the queue or the other service gets no answer, done or not.</summary>
    public double LostCall { get; init; }

    public double NotSent { get; init; }

    public double LostRequest { get; init; }

    public double LostReply { get; init; }

    public double Late { get; init; }

    public double Deferred { get; init; }

    public double Throttled { get; init; }

    public double Throws { get; init; }

    /// <summary>The share of people whom the gateway never takes.</summary>
    public double Rejected { get; init; }

    /// <summary>The person whose message kills whoever has it in hand; 0 for none.</summary>
    public int Poison { get; init; }

    /// <summary>Whether it kills while it is rendered, or else while it is sent.</summary>
    public bool PoisonsRendering { get; init; }

    /// <summary>The gateway answers 503 to all.</summary>
    public (TimeSpan From, TimeSpan To) Outage { get; init; }

    /// <summary>Whether the outage outlasts a round: the gateway then asks to wait, which uses up no attempts.</summary>
    public bool IsLong { get; init; }

    /// <summary>The gateway has another password than we until a person sets it here too.</summary>
    public (TimeSpan From, TimeSpan To) Refusal { get; init; }

    public TimeSpan? PauseAt { get; init; }

    public TimeSpan? CancelAt { get; init; }

    /// <summary>How many people withdraw, are deleted or change their names while it runs.</summary>
    public int Restless { get; init; }

    /// <summary>When the email client's queue loses everything.</summary>
    public TimeSpan? EmptyAt { get; init; }

    /// <summary>Whether a person retries what failed.</summary>
    public bool Retries { get; init; }

    public static Plan Of(int seed)
    {
        // Apart from the run's own chance, so that a plan is known without running it
        var random = new Random(unchecked((seed * 7919) + 17));
        var two = random.Next(5) < 2;
        var isLong = random.Next(25) == 0;
        TimeSpan Second(double from, double to) => TimeSpan.FromSeconds(from + (random.NextDouble() * (to - from)));
        double Maybe(double share, double most) => random.NextDouble() < share ? random.NextDouble() * most : 0;
        bool In(int of) => random.Next(of) == 0;

        // Where all wait long, so do the faults
        var end = Second(15, 60) * (isLong ? 20 : 1);
        var people = isLong ? random.Next(4, 10) : random.Next(15, 60);
        return new Plan
        {
            Seed = seed,
            TwoServices = two,
            Keyed = In(2),
            Policy = In(2) ? SendPolicy.AtMostOnce : SendPolicy.AtLeastOnce,
            People = people,
            Workers = random.Next(1, 3),
            ClaimSize = random.Next(3, 40),
            Lease = Second(2, 6),
            Backoff = Second(0.1, 1),
            PerSecond = In(4) ? random.Next(5, 60) : null,
            TimeOut = Second(1, 4),
            FaultsEnd = end,
            Crash = 0.001 + Maybe(0.7, 0.01),
            Freeze = Maybe(0.5, 0.004),
            Stop = Maybe(0.3, 0.002),
            LostCall = Maybe(0.6, 0.08),
            NotSent = Maybe(0.4, 0.2),
            LostRequest = Maybe(0.5, 0.15),
            LostReply = 0.02 + Maybe(0.6, 0.2),
            Late = Maybe(0.3, 0.1),
            Deferred = Maybe(0.6, 0.3),
            Throttled = Maybe(0.3, 0.1),
            Throws = Maybe(0.2, 0.05),
            Rejected = Maybe(0.5, 0.2),
            Poison = In(6) ? random.Next(1, people + 1) : 0,
            PoisonsRendering = In(2),
            IsLong = isLong,
            Outage = isLong ? (Second(1, 3), TimeSpan.FromHours(random.Next(19, 30))) : In(3) ? Window(Second(1, 15), Second(2, 40)) : default,
            Refusal = !isLong && In(4) ? Window(Second(1, 10), Second(5, 40)) : default,
            PauseAt = In(4) ? Second(0.5, 8) : null,
            CancelAt = In(8) ? Second(1, 20) : null,
            Restless = In(3) ? random.Next(1, 10) : 0,
            EmptyAt = two && In(4) ? Second(1, 15) : null,
            Retries = In(3),
        };
    }

    private static (TimeSpan From, TimeSpan To) Window(TimeSpan from, TimeSpan length) => (from, from + length);
}
