namespace MailMarketing;

/// <summary>A template that does not compile, or does not render for a recipient.</summary>
public sealed class TemplateException : MailMarketingException
{
    /// <summary>A failure without words of its own.</summary>
    public TemplateException()
    {
    }

    /// <summary>A failure described by <paramref name="message"/>.</summary>
    public TemplateException(string message)
        : base(message)
    {
    }

    /// <summary>A failure described by <paramref name="message"/> and caused by <paramref name="innerException"/>.</summary>
    public TemplateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
