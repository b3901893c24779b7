namespace ReferenceHost.Security.Tests;

/// <summary>Who asks.</summary>
internal enum Who
{
    Nobody,
    Viewer,
    Marketer,
    Administrator,
    ViewerToken,
    MarketerToken,
    AdministratorToken,
}

/// <summary>What a route is for.</summary>
internal enum For
{
    /// <summary>Everybody.</summary>
    All,

    /// <summary>Services that sign: nobody of these.</summary>
    Services,

    /// <summary>Whoever is signed in.</summary>
    Readers,

    /// <summary>Marketers, administrators, and tokens with as much scope.</summary>
    Writers,

    /// <summary>Administrators and their tokens.</summary>
    Setters,

    /// <summary>People in a browser.</summary>
    People,

    /// <summary>Administrators in a browser.</summary>
    Administrators,
}

/// <summary>The rows of the matrix; a new route needs one.</summary>
internal static class RouteTable
{
    private static readonly (For For, string[] Routes)[] _table =
    [
        (For.All, ["GET /x"]),
    ];

    public static IReadOnlyDictionary<string, For> Rows { get; } =
        _table.SelectMany(row => row.Routes.Select(route => (route, row.For))).ToDictionary(row => row.route, row => row.For);

    public static bool IsAllowed(For route, Who who) => route switch
    {
        For.All => true,
        For.Services => false,
        For.Readers => who != Who.Nobody,
        For.Writers => who is Who.Marketer or Who.Administrator or Who.MarketerToken or Who.AdministratorToken,
        For.Setters => who is Who.Administrator or Who.AdministratorToken,
        For.People => who is Who.Viewer or Who.Marketer or Who.Administrator,
        _ => who is Who.Administrator,
    };
}
