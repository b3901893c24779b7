using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace MailMarketing.Dashboard.Shared;

/// <summary>
/// Where a visitor is in a list, as the address has it: search, order, and the cursors from the first page to this one. Kept in the
/// address alone, so that reloading, going back and sharing a link all lead to the same rows.
/// </summary>
internal sealed record ListPlace
{
    // A trail that grew longer forgets its oldest cursors: going back far then ends at the first page early.
    private const int MaxTrail = 1500;

    public string? Search { get; init; }

    /// <summary>Whether the oldest come first; null for the list's own default.</summary>
    public bool? OldestFirst { get; init; }

    /// <summary>The cursors that led here; empty on the first page.</summary>
    public IReadOnlyList<string> Trail { get; init; } = [];

    public static ListPlace Read(NavigationManager navigation, string? list)
    {
        var query = QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query);
        return new ListPlace
        {
            Search = query.TryGetValue(Name(list, "search"), out var text) && !string.IsNullOrWhiteSpace(text) ? text.ToString() : null,
            OldestFirst = query.TryGetValue(Name(list, "order"), out var order) ? order == "oldest" : null,
            Trail = query.TryGetValue(Name(list, "after"), out var after)
                ? [.. after.OfType<string>().Where(cursor => cursor.Length > 0)]
                : [],
        };
    }

    public ListPlace Next(string cursor)
    {
        var trail = new LinkedList<string>([.. Trail, cursor]);
        while (trail.Count > 1 && trail.Sum(known => known.Length) > MaxTrail)
        {
            trail.RemoveFirst();
        }

        return this with { Trail = [.. trail] };
    }

    public ListPlace Previous() => this with { Trail = [.. Trail.SkipLast(1)] };

    public ListPlace First() => this with { Trail = [] };

    /// <summary>This place as an address.</summary>
    public string ToUri(NavigationManager navigation, string? list) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [Name(list, "search")] = Search,
        [Name(list, "order")] = OldestFirst switch { true => "oldest", false => "newest", null => null },
        [Name(list, "after")] = Trail.Count == 0 ? null : Trail.ToArray(),
    });

    private static string Name(string? list, string name) => list is null ? name : $"{list}-{name}";
}
