using System.Text;
using MailMarketing.Dashboard.Samples;

namespace MailMarketing;

/// <summary>Plausible people, segments and templates, so that somebody who looks around for the first time sees a living product.</summary>
public static class SampleData
{
    /// <summary>The segments, from the widest to the narrowest.</summary>
    private static readonly (string Name, Func<SamplePerson, bool> Has)[] _segments =
    [
        ("Newsletter readers", _ => true),
        ("Customers", person => person.Plan != "Free"),
        ("Business customers", person => person.Plan == "Business"),
    ];

    /// <summary>
    /// Adds 200 contacts with addresses that nobody has (RFC 2606), three segments and two templates. Called again, it adds what is
    /// missing and doubles nothing.
    /// </summary>
    /// <param name="client">What to add them through.</param>
    /// <param name="cancellationToken">Stops between two steps; what was added stays.</param>
    public static async Task AddAsync(MailMarketingClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        foreach (var (name, has) in _segments)
        {
            var segment = await SegmentAsync(client, name, cancellationToken);
            await using var csv = new MemoryStream(Csv(SamplePeople.All.Where(has)));
            var import = (await client.Contacts.ImportAsync(csv, segment, cancellationToken)).OrThrow();
            await CompletedAsync(client, import.Id, cancellationToken);
        }

        foreach (var (name, source) in SampleTemplates.All)
        {
            var added = await client.Templates.AddAsync(name, source, cancellationToken);
            if (!added.Succeeded && added.Problem.Kind != ProblemKind.Conflict)
            {
                added.OrThrow();
            }
        }
    }

    private static async Task<long> SegmentAsync(MailMarketingClient client, string name, CancellationToken cancellationToken)
    {
        var added = await client.Segments.AddAsync(name, cancellationToken);
        if (added.Succeeded)
        {
            return added.Value.Id;
        }

        var known = (await client.Segments.ListAsync(new PageRequest { Search = name, Limit = 1000 }, cancellationToken)).OrThrow();
        return known.Items.First(segment => string.Equals(segment.Name, name, StringComparison.OrdinalIgnoreCase)).Id;
    }

    private static async Task CompletedAsync(MailMarketingClient client, long import, CancellationToken cancellationToken)
    {
        while (await client.Contacts.GetImportAsync(import, cancellationToken) is { State: ImportState.Running })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private static byte[] Csv(IEnumerable<SamplePerson> people)
    {
        var csv = new StringBuilder("email,name,firstName,lastName,city,country,plan,points\n");
        foreach (var person in people)
        {
            csv.AppendJoin(',', person.Email, $"{person.FirstName} {person.LastName}", person.FirstName, person.LastName,
                person.City, person.Country, person.Plan, person.Points).Append('\n');
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }
}
