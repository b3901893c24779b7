using System.Text.Json;

namespace MailMarketing;

/// <summary>People that templates tend to be wrong for. All addresses are nobody's (RFC 2606).</summary>
public static class SampleContacts
{
    /// <summary>Everything is known, nothing is unusual.</summary>
    public static SampleContact Ordinary { get; } = Named("Ordinary", "ada@example.org", "Ada", "Lovelace");

    /// <summary>Nothing is known but the address.</summary>
    public static SampleContact AddressOnly { get; } = new("Address only", new ContactData { Email = "someone@example.org" });

    /// <summary>Names as long as they may be.</summary>
    public static SampleContact LongestNames { get; } = new("Longest names", new ContactData
    {
        Email = $"{new string('a', 64)}@{new string('b', 60)}.example.org",
        Name = Long("Maximiliane-Charlotte von Hohenlohe-Langenburg und Gleichen ", Limits.Name),
        FirstName = Long("Maximiliane-Charlotte ", Limits.Name),
        LastName = Long("von Hohenlohe-Langenburg ", Limits.Name),
    });

    /// <summary>Names in another script, with characters beyond the basic plane.</summary>
    public static SampleContact OtherScript { get; } = Named("Other script", "taro@example.org", "太郎", "𠮷田");

    /// <summary>Names that are written from right to left.</summary>
    public static SampleContact RightToLeft { get; } = Named("Right to left", "layla@example.org", "ليلى", "المنصوري");

    /// <summary>Names that would do harm where they are not escaped.</summary>
    public static SampleContact Markup { get; } = Named("Markup", "mark@example.org", "<b>Mark</b>", "O'Hara & \"Sons\" {{ 7 * 7 }}");

    /// <summary>All of them, the ordinary first.</summary>
    public static IReadOnlyList<SampleContact> All { get; } = [Ordinary, AddressOnly, LongestNames, OtherScript, RightToLeft, Markup];

    /// <summary>The same people, each with these attributes too.</summary>
    /// <param name="people">Whom to give them.</param>
    /// <param name="attributes">An object whose members become the attributes, by the names that JSON gives them: <c>new { city = "Ulm" }</c>.</param>
    public static IReadOnlyList<SampleContact> With(this IEnumerable<SampleContact> people, object attributes)
    {
        ArgumentNullException.ThrowIfNull(people);
        var members = JsonSerializer.SerializeToElement(attributes).EnumerateObject().ToDictionary(member => member.Name, member => member.Value.Clone());
        return [.. people.Select(person => person with
        {
            Contact = person.Contact with
            {
                Attributes = person.Contact.Attributes.Concat(members).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.Last().Value),
            },
        })];
    }

    /// <summary>The same people, each in these segments.</summary>
    /// <param name="people">Whom to put in.</param>
    /// <param name="segments">The segments' names.</param>
    public static IReadOnlyList<SampleContact> In(this IEnumerable<SampleContact> people, params IReadOnlyList<string> segments) =>
        [.. people.Select(person => person with { Segments = segments })];

    private static SampleContact Named(string label, string email, string first, string last) =>
        new(label, new ContactData { Email = email, Name = $"{first} {last}", FirstName = first, LastName = last });

    private static string Long(string text, int length) => string.Concat(Enumerable.Repeat(text, (length / text.Length) + 1))[..length].TrimEnd();
}
