namespace MailMarketing;

/// <summary>Somebody that a template is tried with.</summary>
/// <param name="Label">What stands above their mail in a snapshot; short, and unique among those of one snapshot.</param>
/// <param name="Contact">What is known of them.</param>
public sealed record SampleContact(string Label, ContactData Contact);
