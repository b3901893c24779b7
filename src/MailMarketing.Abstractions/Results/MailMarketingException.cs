namespace MailMarketing;

/// <summary>A failure that the caller could not foresee: storage that cannot be reached, a database newer than the code, lost keys.</summary>
public class MailMarketingException : Exception
{
    /// <summary>A failure without words of its own.</summary>
    public MailMarketingException()
    {
    }

    /// <summary>A failure described by <paramref name="message"/>.</summary>
    public MailMarketingException(string message)
        : base(message)
    {
    }

    /// <summary>A failure described by <paramref name="message"/> and caused by <paramref name="innerException"/>.</summary>
    public MailMarketingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
