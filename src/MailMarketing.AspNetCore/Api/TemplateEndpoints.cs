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
        group.MapPost("/{id:long}/preview", PreviewAsync).WithMetadata(Access.Read).WithSummary("Render a template for a contact, or for sample data")
            .Produces<RenderedEmail>().Refuses(404);
        group.MapPost("/{id:long}/test", TestAsync).WithSummary("Send a template to any address, to look at").Produces<RenderedEmail>()
            .Refuses(404, 409, 503).WithDescription(
                "Answers what was sent. The subject begins with [Test], the header X-MailMarketing-Test is 1, and links lead nowhere. It is "
                + "no delivery, and nothing counts it.");
        group.MapGet("/code", ListInCode).WithSummary("List the emails that the app brings along in code").Produces<CodeTemplatesView>();
        group.MapPost("/code/{name}/preview", PreviewInCodeAsync).WithMetadata(Access.Read)
            .WithSummary("Render an email in code for a contact, or for sample data").Produces<RenderedEmail>().Refuses(404);
        group.MapPost("/check", CheckAsync).WithSummary("Check a template without storing it").Produces<TemplateReviewView>();
        group.MapPost("/{id:long}/convert", ConvertAsync).WithSummary("Write a template with {name} placeholders anew in scriban")
            .Produces<TemplateView>().Refuses(404, 409, 422);
        group.MapGet("/{id:long}/versions", ListVersionsAsync).WithSummary("List the saved versions of a template, the newest first")
            .Produces<TemplateVersionsView>().Refuses(404);
        group.MapGet("/{id:long}/versions/{from:int}/compare/{to:int}", CompareAsync).WithSummary("Compare two versions line by line")
            .Produces<ComparisonView>().Refuses(404);
        group.MapPost("/{id:long}/versions/{version:int}/restore", RestoreAsync).WithSummary("Save a template as it was in a version")
            .Produces<TemplateView>().Refuses(404, 409, 422).WithDescription("It becomes a new version. Campaigns already started keep what they froze.");
    }

    private static async Task<IResult> AddAsync(
        ApiBody<TemplateBody> body, TemplatesClient templates, CancellationToken cancellationToken) =>
        await AnswerAsync(
            await templates.AddAsync(body.Value.Name ?? "", body.Value.ToSource(), cancellationToken),
            templates,
            cancellationToken,
            StatusCodes.Status201Created);

    private static async Task<IResult> ListAsync(ListQuery query, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Answer(await templates.ListAsync(query.Page, cancellationToken), TemplateView.Of);

    private static async Task<IResult> GetAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        await templates.GetAsync(id, cancellationToken) is { } template
            ? await AnswerAsync(template, templates, cancellationToken)
            : ApiResults.NotFound("template", id);

    private static async Task<IResult> UpdateAsync(
        long id, ApiBody<TemplateBody> body, TemplatesClient templates, CancellationToken cancellationToken) =>
        await AnswerAsync(
            await templates.UpdateAsync(id, body.Value.Name ?? "", body.Value.ToSource(), cancellationToken), templates, cancellationToken);

    private static async Task<IResult> DeleteAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Done(await templates.DeleteAsync(id, cancellationToken), "template", id);

    private static async Task<IResult> PreviewAsync(
        long id, ApiBody<PreviewBody> body, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Answer(await templates.PreviewAsync(id, body.Value.ContactId, cancellationToken), rendered => rendered);

    private static IResult ListInCode(TemplatesClient templates) =>
        ApiResults.Json(new CodeTemplatesView([.. templates.InCode.Select(CodeTemplateView.Of)]));

    private static async Task<IResult> PreviewInCodeAsync(
        string name, ApiBody<PreviewBody> body, TemplatesClient templates, CancellationToken cancellationToken) =>
        templates.FindInCode(name) is { } template
            ? ApiResults.Answer(await templates.PreviewAsync(template.Source, body.Value.ContactId, cancellationToken), rendered => rendered)
            : ApiResults.Of(new Problem(ProblemKind.NotFound, "There is no template of this name in code; GET /templates/code tells them."));

    private static async Task<IResult> TestAsync(
        long id, ApiBody<TestBody> body, TemplatesClient templates, CancellationToken cancellationToken) => ApiResults.Answer(
        await templates.SendTestAsync(id, body.Value.To ?? "", body.Value.ContactId, cancellationToken), rendered => rendered);

    private static async Task<IResult> CheckAsync(
        ApiBody<TemplateBody> body, TemplatesClient templates, CancellationToken cancellationToken)
    {
        var source = body.Value.ToSource();
        var problem = (await templates.CheckAsync(source, cancellationToken)).Problem;
        var warnings = problem is null ? await templates.WarningsAsync(source, cancellationToken) : [];
        return ApiResults.Json(new TemplateReviewView(
            [.. (problem?.Mistakes ?? []).Select(MistakeView.Of)], [.. warnings.Select(MistakeView.Of)],
            problem?.Errors ?? new Dictionary<string, string[]>()));
    }

    private static async Task<IResult> ConvertAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        await AnswerAsync(await templates.ConvertAsync(id, cancellationToken), templates, cancellationToken);

    private static async Task<IResult> ListVersionsAsync(long id, TemplatesClient templates, CancellationToken cancellationToken) =>
        await templates.ListVersionsAsync(id, cancellationToken) is { Count: > 0 } versions
            ? ApiResults.Json(new TemplateVersionsView([.. versions.Select(TemplateVersionView.Of)]))
            : ApiResults.NotFound("template", id);

    private static async Task<IResult> CompareAsync(
        long id, int from, int to, TemplatesClient templates, CancellationToken cancellationToken) =>
        ApiResults.Answer(await templates.CompareAsync(id, from, to, cancellationToken), ComparisonView.Of);

    private static async Task<IResult> RestoreAsync(long id, int version, TemplatesClient templates, CancellationToken cancellationToken) =>
        await AnswerAsync(await templates.RestoreAsync(id, version, cancellationToken), templates, cancellationToken);

    private static async Task<IResult> AnswerAsync(
        Result<EmailTemplate> result, TemplatesClient templates, CancellationToken cancellationToken, int status = StatusCodes.Status200OK)
    {
        if (!result.Succeeded)
        {
            return ApiResults.Of(result.Problem);
        }

        var warnings = await templates.WarningsAsync(result.Value.Source, cancellationToken);
        return ApiResults.Json(TemplateView.Of(result.Value) with { Warnings = [.. warnings.Select(MistakeView.Of)] }, status);
    }

    [JsonNumberHandling(JsonNumberHandling.Strict)]
    private sealed record PreviewBody
    {
        [Description("Whose data to render; sample data where it is not given.")]
        public long? ContactId { get; init; }
    }
}
