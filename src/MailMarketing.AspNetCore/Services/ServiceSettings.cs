using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore;

/// <summary>Answers <c>GET</c> and <c>PATCH /api/v1/settings</c>.</summary>
internal static class ServiceSettings
{
    public const string Path = "/api/v1/settings";

    public static async Task<IResult> GetAsync(SettingsClient settings, CancellationToken cancellationToken) =>
        Answer(await settings.GetAsync(cancellationToken), "");

    public static async Task<IResult> UpdateAsync(HttpContext context, SettingsClient settings) =>
        SettingsPatchReader.Read(RawBody.Of(context).Bytes) is { } patch
            ? Answer(await settings.UpdateAsync(patch, context.RequestAborted), "Nothing was changed. ")
            : Results.NoContent();

    private static IResult Answer(Result<SenderSettingsView> settings, string consequence)
    {
        if (settings.Succeeded)
        {
            return Results.Bytes(SettingsWriter.Write(settings.Value), "application/json");
        }

        var problem = settings.Problem;
        if (problem.Kind != ProblemKind.Invalid)
        {
            throw new MailMarketingException(problem.Detail);
        }

        var errors = SettingsFields.InJson(problem.Errors);
        var told = string.Join(' ', errors.SelectMany(error => error.Value.Select(mistake => $"{error.Key}: {mistake}")));
        return ServiceAnswer.Refuse(
            StatusCodes.Status400BadRequest, consequence + (told.Length > 0 ? told : problem.Detail), errors.Count > 0 ? errors : null);
    }
}
