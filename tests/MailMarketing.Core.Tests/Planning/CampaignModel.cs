namespace MailMarketing.Core.Tests.Planning;

/// <summary>A campaign to three people as simply as it can be thought of.</summary>
internal sealed class CampaignModel
{
    private readonly bool[] _optedOut = new bool[3];
    private readonly bool[] _deleted = new bool[3];

    public CampaignState State { get; private set; }

    /// <summary>The state of each person's delivery; null where there is none.</summary>
    public DeliveryState?[] Deliveries { get; } = new DeliveryState?[3];

    public long Count(DeliveryState state) => Deliveries.Count(delivery => delivery == state);

    /// <summary>Moves by a command that needs no more than the table; false where it is refused.</summary>
    public bool Do(CampaignCommand command)
    {
        if (CampaignTransitions.To(command, State) is not { } to)
        {
            return false;
        }

        State = to;
        if (command == CampaignCommand.Cancel)
        {
            End(person => true, DeliveryState.Cancelled);
        }

        return Settled();
    }

    public bool Start()
    {
        if (CampaignTransitions.To(CampaignCommand.Start, State) is null || _deleted.All(deleted => deleted))
        {
            return false;
        }

        for (var person = 0; person < Deliveries.Length; person++)
        {
            Deliveries[person] = _deleted[person] ? null : _optedOut[person] ? DeliveryState.Suppressed : DeliveryState.Pending;
        }

        State = CampaignState.Running;
        return Settled();
    }

    /// <summary>At its time it starts, or is a draft again.</summary>
    public void Due()
    {
        if (State == CampaignState.Scheduled && !Start())
        {
            State = CampaignState.Draft;
        }
    }

    public bool Retry(int? chosen)
    {
        var again = Enumerable.Range(0, 3).Where(person => (chosen is null || chosen == person) && !_deleted[person] && !_optedOut[person]
            && (Deliveries[person] is DeliveryState.Failure or DeliveryState.AuthFailure
                || (chosen == person && Deliveries[person] == DeliveryState.Unknown))).ToList();
        if (CampaignTransitions.To(CampaignCommand.Retry, State) is not { } to || again.Count == 0)
        {
            return false;
        }

        again.ForEach(person => Deliveries[person] = DeliveryState.Pending);
        State = to;
        return true;
    }

    public bool Resolve(int person, DeliveryResolution resolution)
    {
        if (Deliveries[person] != DeliveryState.Unknown)
        {
            return false;
        }

        if (resolution == DeliveryResolution.Resend)
        {
            return Retry(person);
        }

        Deliveries[person] = DeliveryState.Success;
        return true;
    }

    public void OptOut(int person)
    {
        _optedOut[person] = true;
        End(other => other == person, DeliveryState.Suppressed);
        Settled();
    }

    public void Delete(int person)
    {
        _deleted[person] = true;
        End(other => other == person, DeliveryState.Cancelled);
        Settled();
    }

    /// <summary>Whether there is something to send.</summary>
    public bool CanSend => State == CampaignState.Running && Count(DeliveryState.Pending) > 0;

    public void Sent(int person, DeliveryState outcome)
    {
        Deliveries[person] = outcome;
        Settled();
    }

    private void End(Func<int, bool> which, DeliveryState state)
    {
        for (var person = 0; person < Deliveries.Length; person++)
        {
            Deliveries[person] = which(person) && Deliveries[person] == DeliveryState.Pending ? state : Deliveries[person];
        }
    }

    private bool Settled()
    {
        State = State == CampaignState.Running && Count(DeliveryState.Pending) == 0 ? CampaignState.Completed : State;
        return true;
    }
}
