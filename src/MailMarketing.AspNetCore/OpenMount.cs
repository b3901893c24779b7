using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Outside Development, what was mounted without a word about who may use it answers 403 and says how to say it.</summary>
internal static class OpenMount
{
    /// <summary>Judges each endpoint once all other conventions, the app's own too, were applied.</summary>
    public static void Guard(IEndpointConventionBuilder mount, string map) => mount.Finally(endpoint =>
    {
        if (IsOpen(endpoint))
        {
            endpoint.RequestDelegate = context => Results.Problem(
                $"Nobody said who may use this: name a policy, as in {map}, or add .AllowAnonymous() where everyone may.",
                statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
        }
    });

    private static bool IsOpen(EndpointBuilder endpoint) =>
        !endpoint.Metadata.Any(data => data is IAuthorizeData or AuthorizationPolicy or IAllowAnonymous)
        && endpoint.ApplicationServices.GetService<IHostEnvironment>()?.IsDevelopment() != true
        && endpoint.ApplicationServices.GetService<IOptions<AuthorizationOptions>>()?.Value.FallbackPolicy is null;
}
