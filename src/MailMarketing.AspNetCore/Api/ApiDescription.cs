using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Says of an endpoint, for OpenAPI, with which statuses it refuses a call.</summary>
internal static class ApiDescription
{
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        endpoint.Add(builder => builder.Refuses(statuses));
        return endpoint;
    }

    public static void Refuses(this EndpointBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ApiProblem), ["application/problem+json"]));
        }
    }
}
