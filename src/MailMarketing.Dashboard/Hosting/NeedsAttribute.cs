namespace MailMarketing.Dashboard.Hosting;

/// <summary>Shows a page only to those who may do what it is for.</summary>
/// <param name="need">What the page asks.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(Need need) : Attribute
{
    /// <summary>What the page asks.</summary>
    public Need Need { get; } = need;
}
