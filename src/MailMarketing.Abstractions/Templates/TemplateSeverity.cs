namespace MailMarketing;

/// <summary>How bad a <see cref="TemplateMistake"/> is.</summary>
public enum TemplateSeverity
{
    /// <summary>The template cannot be sent.</summary>
    Error = 0,

    /// <summary>The template can be sent, but may not give what its author means.</summary>
    Warning = 1,
}
