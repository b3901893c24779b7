namespace MailMarketing;

/// <summary>What a template is for.</summary>
public enum TemplateKind
{
    /// <summary>Sent by campaigns.</summary>
    Email = 0,

    /// <summary>A frame around emails, which name it with <c>{{ layout 'name' }}</c>; what they say stands where it has <c>{{ content }}</c>.</summary>
    Layout = 1,

    /// <summary>A piece that others put in with <c>{{ include 'name' }}</c>.</summary>
    Partial = 2,
}
