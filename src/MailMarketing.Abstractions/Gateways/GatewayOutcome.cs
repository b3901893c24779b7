namespace MailMarketing;

/// <summary>What a gateway made of a message.</summary>
public enum GatewayOutcome
{
    /// <summary>Taken.</summary>
    Accepted,

    /// <summary>Not taken now; another attempt may succeed. Uses up an attempt.</summary>
    Deferred,

    /// <summary>Not taken now since the lane is too fast or the gateway too busy: the whole lane waits. Uses up nothing.</summary>
    Throttled,

    /// <summary>An earlier request with the same key is still being worked on; uses up nothing.</summary>
    InProgress,

    /// <summary>Not taken, and never will be.</summary>
    Rejected,

    /// <summary>The credentials were refused; uses up nothing.</summary>
    Unauthorized,

    /// <summary>The gateway could not be reached: no byte of the message left. Uses up nothing.</summary>
    NotSent,

    /// <summary>Bytes left and no answer came: nobody can tell.</summary>
    Ambiguous,

    /// <summary>The gateway knows the key with other bytes: a fault of ours.</summary>
    KeyConflict,
}
