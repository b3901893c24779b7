namespace MailMarketing;

/// <summary>A cursor that this list did not hand out.</summary>
public sealed class InvalidCursorException : MailMarketingException
{
    /// <summary>The usual message.</summary>
    public InvalidCursorException()
        : base("The cursor is not one this list handed out; leave it away to start from the first page.")
    {
    }

    /// <summary>A message of the caller's.</summary>
    public InvalidCursorException(string message)
        : base(message)
    {
    }

    /// <summary>A message and its cause.</summary>
    public InvalidCursorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
