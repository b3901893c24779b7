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
        (For.All,
        [
            "GET /accept-invite", "POST /accept-invite", "GET /forgot-password", "POST /forgot-password", "GET /health/live",
            "GET /health/ready", "GET /m/u/{**token}", "HEAD /m/u/{**token}", "POST /m/u/{**token}", "GET /reset-password",
            "GET /m/media/{fileName}", "HEAD /m/media/{fileName}",
            "POST /reset-password", "GET /set-up", "POST /set-up", "GET /sign-in", "POST /sign-in", "POST /sign-in/code",
            "POST /sign-in/demo", "POST /sign-in/openid", "GET /sign-out", "POST /sign-out", "GET /{**path:file}",
            "HEAD /{**path:file}",
        ]),
        (For.Services,
        [
            "POST /api/v1/job",
        ]),
        (For.Readers,
        [
            "GET /", "HEAD /", "GET /_blazor", "GET /_blazor/disconnect", "GET /_blazor/initializers", "GET /_blazor/negotiate",
            "GET /_framework/opaque-redirect", "GET /api/v1/campaigns", "GET /api/v1/campaigns/{id:long}",
            "GET /api/v1/campaigns/{id:long}/deliveries", "GET /api/v1/contacts", "GET /api/v1/contacts/{id:long}",
            "GET /api/v1/contacts/{id:long}/segments", "GET /api/v1/imports/{id:long}", "GET /api/v1/segments",
            "GET /api/v1/segments/{id:long}", "GET /api/v1/segments/{id:long}/contacts", "GET /api/v1/settings",
            "GET /api/v1/suppressions", "GET /api/v1/templates", "GET /api/v1/templates/{id:long}",
            "GET /api/v1/campaigns/{id:long}/dry-run", "GET /api/v1/campaigns/{id:long}/preflight",
            "GET /api/v1/campaigns/{id:long}/reconciliation",
            "GET /api/v1/templates/{id:long}/versions", "GET /api/v1/templates/{id:long}/versions/{from:int}/compare/{to:int}",
            "GET /campaigns/{id:long}/dry-run", "GET /templates/{Id:long}/versions", "GET /api/v1/templates/code",
            "POST /api/v1/templates/code/{name}/preview", "GET /api/v1/media", "GET /api/v1/attachments/{hash}", "GET /media", "HEAD /media", "GET /media/{fileName}",
            "HEAD /templates/{Id:long}/versions", "GET /audit", "HEAD /audit",
            "POST /api/v1/templates/{id:long}/preview", "GET /campaigns", "HEAD /campaigns", "GET /campaigns/add",
            "HEAD /campaigns/add", "GET /campaigns/{Id:long}", "HEAD /campaigns/{Id:long}", "GET /campaigns/{Id:long}/edit",
            "HEAD /campaigns/{Id:long}/edit", "GET /contacts", "HEAD /contacts", "GET /contacts/add", "HEAD /contacts/add",
            "GET /contacts/import", "HEAD /contacts/import", "GET /contacts/{Id:long}", "HEAD /contacts/{Id:long}",
            "GET /contacts/{Id:long}/edit", "HEAD /contacts/{Id:long}/edit", "GET /not-found", "HEAD /not-found",
            "GET /openapi/{documentName}.json", "GET /segments", "HEAD /segments", "GET /segments/add", "HEAD /segments/add",
            "GET /segments/{Id:long}", "HEAD /segments/{Id:long}", "GET /segments/{Id:long}/rename", "HEAD /segments/{Id:long}/rename",
            "GET /settings", "HEAD /settings", "GET /templates", "HEAD /templates", "GET /templates/add", "HEAD /templates/add",
            "GET /templates/{Id:long}", "HEAD /templates/{Id:long}", "GET /templates/{Id:long}/edit", "HEAD /templates/{Id:long}/edit",
        ]),
        (For.Writers,
        [
            "POST /api/v1/campaigns", "DELETE /api/v1/campaigns/{id:long}", "PUT /api/v1/campaigns/{id:long}",
            "POST /api/v1/campaigns/{id:long}/cancel", "POST /api/v1/campaigns/{id:long}/pause",
            "POST /api/v1/campaigns/{id:long}/resume", "POST /api/v1/campaigns/{id:long}/retry",
            "POST /api/v1/campaigns/{id:long}/start", "POST /api/v1/contacts", "POST /api/v1/contacts/import",
            "DELETE /api/v1/contacts/{id:long}", "PUT /api/v1/contacts/{id:long}", "POST /api/v1/contacts/{id:long}/subscribe",
            "POST /api/v1/contacts/{id:long}/unsubscribe", "POST /api/v1/segments", "DELETE /api/v1/segments/{id:long}",
            "PUT /api/v1/segments/{id:long}", "PUT /api/v1/segments/{id:long}/contacts",
            "DELETE /api/v1/segments/{id:long}/contacts/{contactId:long}", "POST /api/v1/suppressions",
            "DELETE /api/v1/suppressions/{**email}", "POST /api/v1/templates", "DELETE /api/v1/templates/{id:long}",
            "PUT /api/v1/templates/{id:long}", "POST /api/v1/campaigns/{id:long}/deliveries/{deliveryId:long}/resolve",
            "POST /api/v1/campaigns/{id:long}/schedule", "POST /api/v1/campaigns/{id:long}/unschedule",
            "POST /api/v1/media", "POST /api/v1/attachments", "DELETE /api/v1/media/{id:long}",
            "POST /api/v1/templates/{id:long}/test", "POST /api/v1/campaigns/{id:long}/test", "POST /api/v1/templates/check", "POST /api/v1/templates/{id:long}/convert", "POST /api/v1/templates/{id:long}/versions/{version:int}/restore",
        ]),
        (For.Setters,
        [
            "PATCH /api/v1/settings", "GET /api/v1/audit",
        ]),
        (For.People,
        [
            "GET /account", "GET /account/confirm", "POST /account/confirm", "POST /account/password", "POST /account/sessions/end", "POST /account/two-factor",
            "POST /account/two-factor/off", "POST /account/two-factor/set-up",
        ]),
        (For.Administrators,
        [
            "GET /people", "POST /people", "POST /people/{id:long}/disable", "POST /people/{id:long}/enable",
            "POST /people/{id:long}/invite", "POST /people/{id:long}/role", "POST /people/{id:long}/two-factor/off", "GET /tokens",
            "POST /tokens", "POST /tokens/{id:long}/revoke",
        ]),
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
