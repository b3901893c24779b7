namespace MailMarketing;

/// <summary>Somebody that a template is tried with.</summary>
/// <param name="Label">What stands above their email, in a snapshot or a comparison; short, and unique among those shown together.</param>
/// <param name="Contact">What is known of them.</param>
public sealed record SampleContact(string Label, ContactData Contact)
{
    /// <summary>The names of the segments that they belong to; none by default.</summary>
    public IReadOnlyList<string> Segments { get; init; } = [];
}
