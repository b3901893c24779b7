namespace MailMarketing.Gateway.Smtp;

/// <summary>How much of a message had left when its answer failed to come.</summary>
internal enum Left
{
    /// <summary>Nothing: at most its sender and its recipient were named.</summary>
    Nothing,

    /// <summary>A part. A server takes no message without its end.</summary>
    Part,

    /// <summary>All of it, its end perhaps too.</summary>
    All,
}
