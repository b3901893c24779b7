namespace MailMarketing.Dashboard.Samples;

/// <summary>Somebody who does not exist.</summary>
internal sealed record SamplePerson(
    string Email, string FirstName, string LastName, string City, string Country, string Plan, int Points);
