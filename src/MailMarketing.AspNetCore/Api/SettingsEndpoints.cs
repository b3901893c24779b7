using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.AspNetCore.Api;

internal static class SettingsEndpoints
{
    public static void MapSettings(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/settings").WithTags("Settings");
        group.MapGet("/", GetAsync).WithSummary("Get the sending side's settings").Produces<SettingsView>().Refuses(503)
            .WithDescription("Whether there are credentials, never the credentials themselves.");
        group.MapPatch("/", UpdateAsync).WithMetadata(Access.Settings).WithSummary("Change the sending side's settings").Produces<SettingsView>()
            .Produces(StatusCodes.Status204NoContent).Refuses(503)
            .WithDescription(
                "All of the change or nothing of it. Campaigns already started keep what they froze. 204 where nothing is asked for.");
    }

    private static async Task<IResult> GetAsync(SettingsClient settings, CancellationToken cancellationToken) =>
        ApiResults.Answer(await settings.GetAsync(cancellationToken), SettingsView.Of);

    private static async Task<IResult> UpdateAsync(
        ApiBody<SettingsBody> body, SettingsClient settings, HttpContext context, CancellationToken cancellationToken)
    {
        var change = body.Value;
        if (change is { Lane: not null, Auth: null })
        {
            return ApiResults.Of(Problem.Invalid("lane", "A lane says whose credentials are meant: give auth with it."));
        }

        if (change.IsEmpty)
        {
            return Results.NoContent();
        }

        if (change.Auth is not null && !await MayChangeCredentialsAsync(context))
        {
            return Results.Problem(
                "Credentials ask for more than other settings: sign in or confirm your password again, or use an API token.",
                statusCode: StatusCodes.Status403Forbidden);
        }

        var changed = await settings.UpdateAsync(change.ToPatch(), cancellationToken);
        return changed.Succeeded
            ? ApiResults.Json(SettingsView.Of(changed.Value))
            : ApiResults.Of(changed.Problem with { Errors = SettingsFields.InJson(changed.Problem.Errors) });
    }

    private static async Task<bool> MayChangeCredentialsAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AccessPolicies>() is not { } policies
        || (await context.RequestServices.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, policies.Credentials)).Succeeded;
}
