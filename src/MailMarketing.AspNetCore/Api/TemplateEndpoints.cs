using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing.AspNetCore.Api;

internal static class TemplateEndpoints
{
    public static void MapTemplates(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/templates").WithTags("Templates");
        group.MapPost("/", AddAsync).Accepts<TemplateBody>("application/json").Produces<TemplateView>(StatusCodes.Status201Created);
        group.MapGet("/", ListAsync);
        group.MapGet("/{id:long}", GetAsync).Produces<TemplateView>();
        group.MapPut("/{id:long}", UpdateAsync).Accepts<TemplateBody>("application/json").Produces<TemplateView>();
        group.MapDelete("/{id:long}", DeleteAsync);
        group.MapPost("/{id:long}/preview", PreviewAsync).Accepts<PreviewBody>("application/json").Produces<RenderedEmail>();
    }

    private static async Task<IResult> AddAsync(HttpContext context, TemplatesClient templates, CancellationToken cancellationToken)
    {
        var body = await ApiBody<TemplateBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var added = await templates.AddAsync(body.Value!.Name ?? "", body.Value.ToSource(), cancellationToken);
        return added.Succeeded
            ? ApiResults.Json(TemplateView.Of(added.Value), StatusCodes.Status201Created)
            : ApiResults.Of(added.Problem);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, TemplatesClient templates, CancellationToken cancellationToken) =>
        Paging.Read(request, out var refusal) is { } page
            ? Paging.Answer(await templates.ListAsync(page, cancellationToken), TemplateView.Of)
            : refusal!;

    private static async Task<IResult> GetAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        await templates.GetAsync(id, cancellationToken) is { } template
            ? ApiResults.Json(TemplateView.Of(template))
            : ApiResults.NotFound("template", id);

    private static async Task<IResult> UpdateAsync(long id, HttpContext context, TemplatesClient templates, CancellationToken cancellationToken)
    {
        var body = await ApiBody<TemplateBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var updated = await templates.UpdateAsync(id, body.Value!.Name ?? "", body.Value.ToSource(), cancellationToken);
        return updated.Succeeded ? ApiResults.Json(TemplateView.Of(updated.Value)) : ApiResults.Of(updated.Problem);
    }

    private static async Task<IResult> DeleteAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Done(await templates.DeleteAsync(id, cancellationToken), "template", id);

    private static async Task<IResult> PreviewAsync(long id, HttpContext context, TemplatesClient templates, CancellationToken cancellationToken)
    {
        var body = await ApiBody<PreviewBody>.ReadAsync(context);
        if (body.Refusal is not null)
        {
            return body.Refusal;
        }

        var rendered = await templates.PreviewAsync(id, body.Value!.ContactId, cancellationToken);
        return rendered.Succeeded ? ApiResults.Json(rendered.Value) : ApiResults.Of(rendered.Problem);
    }

    private sealed record TemplateBody(string? Name, string? Subject, string? Html, string? Text, string? Language)
    {
        public TemplateSource ToSource()
        {
            var source = new TemplateSource { Subject = Subject ?? "", Html = Html, Text = Text };
            return Language is null ? source : source with { Language = Language };
        }
    }

    private sealed record PreviewBody(long? ContactId);

    private sealed record TemplateView(
        long Id, string Name, string Subject, string? Html, string? Text, string Language, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    {
        public static TemplateView Of(EmailTemplate template) => new(
            template.Id, template.Name, template.Source.Subject, template.Source.Html, template.Source.Text, template.Source.Language,
            template.Version, template.CreatedAt, template.UpdatedAt);
    }
}
