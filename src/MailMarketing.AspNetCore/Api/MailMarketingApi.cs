using MailMarketing.AspNetCore.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing;

/// <summary>Mounts the management API.</summary>
public static class MailMarketingApi
{
    /// <summary>
    /// Maps the JSON API under <paramref name="prefix"/>. Add the host's own policy with <c>RequireAuthorization</c> on what this returns.
    /// Answers that routing itself gives, such as 404 and 405, get a body with <c>AddProblemDetails</c> and <c>UseStatusCodePages</c>.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">The path that all routes share; default <c>/api/v1</c>.</param>
    public static RouteGroupBuilder MapMailMarketingApi(this IEndpointRouteBuilder endpoints, string prefix = "/api/v1")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var api = endpoints.MapGroup(prefix);
        api.AddEndpointFilter<RouteGroupBuilder, RefuseFirst>();
        api.AddEndpointFilter(ActAs.InvokeAsync);
        api.MapContacts();
        api.MapSuppressions();
        api.MapSegments();
        api.MapTemplates();
        api.MapCampaigns();
        api.MapSettings();
        api.MapAudit();
        return api;
    }
}
