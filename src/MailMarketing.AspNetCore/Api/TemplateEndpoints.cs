using System.ComponentModel;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class TemplateEndpoints
{
    public static void MapTemplates(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/templates").WithTags("Templates");
        group.MapPost("/", AddAsync).AddRepeatable().WithSummary("Add a template").Produces<TemplateView>(StatusCodes.Status201Created).Refuses(409)
            .WithDescription("A template with mistakes is refused, with the line and column of each.");
        group.MapGet("/", ListAsync).WithSummary("List templates").Produces<Page<TemplateView>>();
        group.MapGet("/{id:long}", GetAsync).WithSummary("Get a template").Produces<TemplateView>().Refuses(404);
        group.MapPut("/{id:long}", UpdateAsync).WithSummary("Replace a template").Produces<TemplateView>().Refuses(404, 409)
            .WithDescription("Campaigns already started keep what they froze.");
        group.MapDelete("/{id:long}", DeleteAsync).WithSummary("Delete a template").Produces(StatusCodes.Status204NoContent).Refuses(404)
            .WithDescription("Campaigns already started are not touched.");
        group.MapPost("/{id:long}/preview", PreviewAsync).WithSummary("Render a template for a contact, or for sample data")
            .Produces<RenderedEmail>().Refuses(404);
    }

    private static async Task<IResult> AddAsync(
        ApiBody<TemplateBody> body, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Answer(
            await templates.AddAsync(body.Value.Name ?? "", body.Value.ToSource(), cancellationToken),
            TemplateView.Of,
            StatusCodes.Status201Created);

    private static async Task<IResult> ListAsync(ListQuery query, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Answer(await templates.ListAsync(query.Page, cancellationToken), TemplateView.Of);

    private static async Task<IResult> GetAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Found(await templates.GetAsync(id, cancellationToken), TemplateView.Of, "template", id);

    private static async Task<IResult> UpdateAsync(
        long id, ApiBody<TemplateBody> body, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Answer(
            await templates.UpdateAsync(id, body.Value.Name ?? "", body.Value.ToSource(), cancellationToken), TemplateView.Of);

    private static async Task<IResult> DeleteAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Done(await templates.DeleteAsync(id, cancellationToken), "template", id);

    private static async Task<IResult> PreviewAsync(
        long id, ApiBody<PreviewBody> body, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Answer(await templates.PreviewAsync(id, body.Value.ContactId, cancellationToken), rendered => rendered);

    [JsonNumberHandling(JsonNumberHandling.Strict)]
    private sealed record PreviewBody
    {
        [Description("Whose data to render; sample data where it is not given.")]
        public long? ContactId { get; init; }
    }
}
