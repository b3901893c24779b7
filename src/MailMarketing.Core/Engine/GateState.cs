namespace MailMarketing.Engine;

/// <summary>Whether a lane sends.</summary>
internal enum GateState
{
    /// <summary>It sends.</summary>
    Open,

    /// <summary>The gateway asked to wait.</summary>
    Throttled,

    /// <summary>The gateway cannot be reached or takes nothing: one message at a time tries whether it is back.</summary>
    Broken,

    /// <summary>The credentials are missing or refused.</summary>
    Closed,
}
