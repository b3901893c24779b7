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
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">The path that all routes share; default <c>/api/v1</c>.</param>
    public static RouteGroupBuilder MapMailMarketingApi(this IEndpointRouteBuilder endpoints, string prefix = "/api/v1")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var api = endpoints.MapGroup(prefix).AddEndpointFilter(TellWhatFails);
        api.MapContacts();
        api.MapSegments();
        api.MapTemplates();
        api.MapCampaigns();
        api.MapSettings();
        return api;
    }

    private static async ValueTask<object?> TellWhatFails(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (InvalidCursorException mistake)
        {
            return ApiResults.BadRequest("cursor", mistake.Message);
        }
    }
}
