namespace MailMarketing.Templates.Scriban;

/// <summary>A render that went past what one email may cost.</summary>
internal sealed class RenderLimitException(string message, bool isTime = false) : Exception(message)
{
    /// <summary>True where the clock ran out, which a busy machine may cause too.</summary>
    public bool IsTime { get; } = isTime;
}
