namespace MailMarketing;

/// <summary>What an email client understands.</summary>
public enum EmailClientDialect
{
    /// <summary>All of the protocol.</summary>
    Current,

    /// <summary>
    /// The form that the protocol grew from: <c>jobs</c>, <c>template</c> and <c>subject</c>, with <c>{name}</c> placeholders and text
    /// only. It knows no pause, no cancellation and no rounds, and does not recognise a job that comes again.
    /// </summary>
    Original,
}
