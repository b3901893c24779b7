using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class SettingsEndpoints
{
    public static void MapSettings(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/settings").WithTags("Settings");
        group.MapGet("/", GetAsync);
        group.MapPatch("/", UpdateAsync).Accepts<SettingsBody>("application/json");
    }

    private static async Task<IResult> GetAsync(SettingsClient settings, CancellationToken cancellationToken) =>
        Answer(await settings.GetAsync(cancellationToken));

    private static async Task<IResult> UpdateAsync(HttpContext context, SettingsClient settings, CancellationToken cancellationToken)
    {
        var body = await ApiBody<SettingsBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        if (body.Value! is { Auth: null, EmailFrom: null, Headers: null })
        {
            return Results.NoContent();
        }

        return Answer(await settings.UpdateAsync(body.Value!.ToPatch(), cancellationToken));
    }

    private static IResult Answer(Result<SenderSettingsView> settings) =>
        settings.Succeeded
            ? ApiResults.Json(new
            {
                headers = settings.Value.Headers,
                from = new { name = settings.Value.From?.Name, email = settings.Value.From?.Email },
                auth = new { configured = settings.Value.AuthConfigured },
                lanes = settings.Value.Lanes.Select(lane => new { lane.Name, lane.Configured, lane.State, lane.Reason }),
            })
            : ApiResults.Of(settings.Problem);

    private sealed record SettingsBody(
        AuthBody? Auth,
        [property: System.Text.Json.Serialization.JsonPropertyName("email_from")] FromBody? EmailFrom,
        Dictionary<string, string>? Headers,
        string? Lane)
    {
        public SenderSettingsPatch ToPatch() => new()
        {
            Auth = Auth is null ? null : new GatewayCredentials(Auth.User ?? "", Auth.Password ?? ""),
            From = EmailFrom is null ? null : new Mailbox(EmailFrom.Name, EmailFrom.Email ?? ""),
            Headers = Headers,
            Lane = Lane,
        };
    }

    private sealed record AuthBody(string? User, string? Password);

    private sealed record FromBody(string? Name, string? Email);
}
