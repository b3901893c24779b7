using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class SuppressionEndpoints
{
    public static void MapSuppressions(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/suppressions").WithTags("Suppressions");
        group.MapGet("/", ListAsync).WithSummary("List the addresses that get no campaign").Produces<Page<Suppression>>();
        group.MapPost("/", AddAsync).WithSummary("Send an address no more campaigns")
            .WithDescription("Whatever contact it belongs to, now or later. Again changes nothing.")
            .Produces(StatusCodes.Status204NoContent);
        group.MapDelete("/{**email}", LiftAsync).WithSummary("Send an address campaigns again")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
    }

    private static async Task<IResult> ListAsync(ListQuery query, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Answer(await contacts.ListSuppressionsAsync(query.Page, cancellationToken), suppression => suppression);

    private static async Task<IResult> AddAsync(
        ApiBody<SuppressionBody> body, ContactsClient contacts, CancellationToken cancellationToken) =>
        ApiResults.Done(await contacts.SuppressAsync(body.Value.Email ?? "", body.Value.Reason, cancellationToken));

    private static async Task<IResult> LiftAsync(string email, HttpContext context, ContactsClient contacts, CancellationToken cancellationToken) =>
        await contacts.LiftAsync(AsWritten(context) ?? email, cancellationToken)
            ? Results.NoContent()
            : ApiResults.Of(new Problem(ProblemKind.NotFound, "This address is not suppressed."));

    // A slash may be part of an address; servers leave %2F in a path as it is, which then looks like %252F, a percent sign and 2F
    private static string? AsWritten(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?')[0] ?? "";
        const string Before = "/suppressions/";
        var at = target.IndexOf(Before, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : Uri.UnescapeDataString(target[(at + Before.Length)..]);
    }
}
