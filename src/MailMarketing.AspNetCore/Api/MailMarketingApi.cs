using MailMarketing.AspNetCore.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing;

/// <summary>Mounts the management API.</summary>
public static class MailMarketingApi
{
    /// <summary>
    /// Maps the JSON API under <paramref name="prefix"/>. Name the host's own policy with <c>RequireAuthorization</c> on what this returns,
    /// or give several; without either, and outside Development, every call is answered 403.
    /// Answers that routing itself gives, such as 404 and 405, get a body with <c>AddProblemDetails</c> and <c>UseStatusCodePages</c>.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">The path that all routes share; default <c>/api/v1</c>.</param>
    /// <param name="policies">Who may look, change and set; null (the default) leaves it to <c>RequireAuthorization</c>.</param>
    public static RouteGroupBuilder MapMailMarketingApi(
        this IEndpointRouteBuilder endpoints, string prefix = "/api/v1", AccessPolicies? policies = null)
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
        api.MapMedia();
        api.MapAttachments();
        api.MapSettings();
        api.MapAudit();
        IEndpointConventionBuilder all = api;
        if (policies is not null)
        {
            all.Finally(endpoint =>
            {
                endpoint.Metadata.Add(policies);
                endpoint.Metadata.Add(new AuthorizeAttribute(PolicyOf(endpoint, policies)));
            });
        }

        OpenMount.Guard(all, "app.MapMailMarketingApi().RequireAuthorization(\"Marketing\")");
        return api;
    }

    private static string PolicyOf(EndpointBuilder endpoint, AccessPolicies policies)
    {
        var reads = endpoint.Metadata.OfType<HttpMethodMetadata>().Last().HttpMethods is ["GET"];
        var access = endpoint.Metadata.OfType<Access>().Append(reads ? Access.Read : Access.Write).First();
        return access switch
        {
            Access.Read => policies.Read,
            Access.Write => policies.Write,
            _ => policies.Settings,
        };
    }
}
