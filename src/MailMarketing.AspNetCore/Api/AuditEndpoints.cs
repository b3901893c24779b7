using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit", ListAsync).WithTags("Audit").WithSummary("List who changed what").Produces<Page<AuditEntry>>()
            .WithDescription("Before and after are JSON, without secrets. Entries are never changed.");

    private static async Task<IResult> ListAsync(ListQuery query, AuditClient audit, CancellationToken cancellationToken) =>
        ApiResults.Answer(await audit.ListAsync(query.Page, cancellationToken), entry => entry);
}
