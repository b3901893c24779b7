namespace MailMarketing.Engine;

/// <summary>Says how many messages of a lane may be claimed now: its rate, what the gateway asked for, and whether it works at all.</summary>
internal sealed class LaneGate(string lane, TimeProvider time)
{
    private const int RefusalsThatClose = 5;
    private const int FailuresThatBreak = 20;

    private static readonly TimeSpan ShortestRefusalProbe = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRefusalProbe = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestThrottle = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly RateLimit _rate = new(time);

    private bool _missingCredentials;
    private bool _newCredentials;
    private bool _closed;
    private bool _broken;
    private bool _probing;
    private bool _passed;
    private int _refusals;
    private int _failures;
    private string? _lastReason;
    private TimeSpan _probeInterval;
    private TimeSpan _throttle;
    private DateTimeOffset _nextProbe;
    private DateTimeOffset _throttledUntil;

    /// <summary>Whether claims larger than a probe may go on being sent.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return State() == GateState.Open;
            }
        }
    }

    /// <summary>
    /// Whether the gateway takes these credentials for other deliveries: it answered otherwise since they were set, and within the
    /// last refusals that end one delivery.
    /// </summary>
    public bool OthersPass
    {
        get
        {
            lock (_lock)
            {
                return !_closed && _passed && _refusals < OutcomePolicy.Refusals;
            }
        }
    }

    /// <summary>The lane as people see it.</summary>
    public LaneStatus Status
    {
        get
        {
            lock (_lock)
            {
                // The engine takes up new credentials at its next look; to people they count at once
                var missing = _missingCredentials && !_newCredentials;
                return State(missing) switch
                {
                    GateState.Closed when missing => new(lane, GateState.Closed,
                        "No credentials are set for this gateway: set them in the settings.", null),
                    GateState.Closed => new(lane, GateState.Closed,
                        $"The gateway refuses the credentials: set new ones in the settings. {_lastReason}".TrimEnd(), _nextProbe),
                    GateState.Throttled => new(lane, GateState.Throttled, $"The gateway asked to wait. {_lastReason}".TrimEnd(), _throttledUntil),
                    GateState.Broken => new(lane, GateState.Broken,
                        $"The gateway takes nothing at the moment; one message at a time tries again. {_lastReason}".TrimEnd(), _nextProbe),
                    _ => new(lane, GateState.Open, null, null),
                };
            }
        }
    }

    /// <summary>How many messages may be claimed now, at most <paramref name="most"/>; and where none, how long until it is worth asking again.</summary>
    public (int Count, bool IsProbe, TimeSpan NextIn) Ask(int most, double? perSecond)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var available = _rate.Available(perSecond, most);
            switch (State())
            {
                case GateState.Throttled:
                    return (0, false, _throttledUntil - now);
                case GateState.Closed when _missingCredentials:
                    return (0, false, ShortestProbe);
                case GateState.Closed or GateState.Broken:
                    return now < _nextProbe ? (0, true, _nextProbe - now) : (Math.Min(1, available), true, _rate.NextIn());
                default:
                    return (available, false, _rate.NextIn());
            }
        }
    }

    /// <summary>Messages were claimed.</summary>
    public void Take(int count)
    {
        lock (_lock)
        {
            _rate.Take(count);
            if (count > 0 && (_closed || _broken))
            {
                _probing = true;
                _nextProbe = time.GetUtcNow() + _probeInterval;
            }
        }
    }

    /// <summary>Whether there are any credentials to sign in with.</summary>
    public void SetMissingCredentials(bool missing)
    {
        lock (_lock)
        {
            (_missingCredentials, _newCredentials) = (missing, false);
        }
    }

    /// <summary>Whether credentials were set that the engine has not taken up yet.</summary>
    public bool HasNewCredentials
    {
        get
        {
            lock (_lock)
            {
                return _newCredentials;
            }
        }
    }

    /// <summary>New credentials: the lane opens as soon as the engine takes them up.</summary>
    public void Reopen()
    {
        lock (_lock)
        {
            (_closed, _broken, _probing, _passed, _newCredentials) = (false, false, false, false, true);
            (_refusals, _failures, _lastReason) = (0, 0, null);
        }
    }

    /// <summary>Learns from an answer. True where it closed or opened the lane.</summary>
    public bool Record(GatewayResult result)
    {
        lock (_lock)
        {
            var before = State();
            switch (result.Outcome)
            {
                case GatewayOutcome.Unauthorized:
                    Refused(result);
                    break;
                case GatewayOutcome.Throttled:
                    Answered();
                    Throttle(result);
                    break;
                case GatewayOutcome.NotSent or GatewayOutcome.Ambiguous:
                    Failed(result);
                    break;
                case GatewayOutcome.Deferred:
                    Answered();
                    Failed(result);
                    break;
                default:
                    Answered();
                    (_failures, _broken) = (0, false);
                    _throttle = result.Outcome == GatewayOutcome.Accepted ? TimeSpan.Zero : _throttle;
                    break;
            }

            return State() != before;
        }
    }

    private GateState State() => State(_missingCredentials);

    private GateState State(bool missingCredentials) =>
        missingCredentials || _closed ? GateState.Closed
        : time.GetUtcNow() < _throttledUntil ? GateState.Throttled
        : _broken ? GateState.Broken
        : GateState.Open;

    /// <summary>Anything but a refusal shows that the credentials are taken.</summary>
    private void Answered() => (_refusals, _closed, _passed) = (0, false, true);

    private void Refused(GatewayResult result)
    {
        _refusals++;
        _lastReason = result.Reason;
        if (_closed)
        {
            ProbeLater(LongestRefusalProbe);
        }
        else if (_refusals >= RefusalsThatClose)
        {
            _closed = true;
            ProbeFrom(ShortestRefusalProbe);
        }
    }

    private void Failed(GatewayResult result)
    {
        _failures++;
        _lastReason = result.Reason;
        if (_closed || _broken)
        {
            ProbeLater(_closed ? LongestRefusalProbe : LongestProbe);
        }
        else if (_failures >= FailuresThatBreak)
        {
            _broken = true;
            ProbeFrom(ShortestProbe);
        }
    }

    private void Throttle(GatewayResult result)
    {
        var now = time.GetUtcNow();
        _lastReason = result.Reason;
        if (result.RetryAfter is { } asked)
        {
            Until(now + OutcomePolicy.Clamp(asked));
        }
        else if (now >= _throttledUntil)
        {
            // Answers of the same burst count once.
            _throttle = _throttle == TimeSpan.Zero ? ShortestProbe : Min(_throttle * 2, LongestThrottle);
            Until(now + _throttle);
        }
    }

    private void Until(DateTimeOffset at) => _throttledUntil = at > _throttledUntil ? at : _throttledUntil;

    private void ProbeFrom(TimeSpan interval) =>
        (_probing, _probeInterval, _nextProbe) = (false, interval, time.GetUtcNow() + interval);

    /// <summary>Only a probe's own answer makes the next one wait longer, not what was in flight when the lane closed.</summary>
    private void ProbeLater(TimeSpan longest)
    {
        if (_probing)
        {
            ProbeFrom(Min(_probeInterval * 2, longest));
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
