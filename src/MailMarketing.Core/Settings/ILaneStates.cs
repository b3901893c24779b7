namespace MailMarketing;

/// <summary>What the engine knows of its lanes, for people to read.</summary>
internal interface ILaneStates
{
    /// <summary>Why a lane is closed; null where it is open.</summary>
    string? ClosedBecause(string lane);

    /// <summary>New credentials were set: a lane closed for refused ones opens at once.</summary>
    void Open(string lane);
}
