using MailMarketing.AspNetCore;
using MailMarketing.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Maps what the two services, web and email client, say to each other.</summary>
public static class ServiceEndpoints
{
    /// <summary>
    /// Maps the email client's side: <c>POST /api/v1/email</c>, <c>POST /api/v1/control</c>, and <c>GET</c> and <c>PATCH
    /// /api/v1/settings</c>. Calls are authenticated by their signature.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something that the endpoints need is not registered; says what to add.</exception>
    public static IEndpointConventionBuilder MapMailMarketingEmailClient(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Require<ISendIntake>(endpoints, "a storage that can take jobs from outside, such as .UseSqlite(…)");
        Require<ITemplateRenderer>(endpoints, "a template language, such as .UseScriban()");
        Require<SettingsClient>(endpoints, "services.AddMailMarketing()");
        var group = MapGroup(endpoints, ServiceDirection.ToEmailClient);
        group.MapPost("/api/v1/email", AcceptAsync);
        group.MapPost("/api/v1/control", ControlAsync);
        group.MapGet(ServiceSettings.Path, ServiceSettings.GetAsync);
        group.MapPatch(ServiceSettings.Path, ServiceSettings.UpdateAsync);
        return group;
    }

    /// <summary>Maps web's side: <c>POST /api/v1/job</c>, where the email client reports. Calls are authenticated by their signature.</summary>
    /// <exception cref="InvalidOperationException">Something that the endpoint needs is not registered; says what to add.</exception>
    public static IEndpointConventionBuilder MapMailMarketingReports(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        Require<IDeliveryStore>(endpoints, "a storage, such as .UseSqlite(…)");
        var group = MapGroup(endpoints, ServiceDirection.ToWeb);
        group.MapPost("/api/v1/job", ReportAsync);
        return group;
    }

    private static async Task<IResult> AcceptAsync(
        HttpContext context,
        ISendIntake intake,
        ISenderSettingsStore settings,
        IEnumerable<ITemplateRenderer> renderers,
        IEnumerable<Lane> lanes,
        WorkBell bell,
        TimeProvider time)
    {
        var own = await settings.GetAsync(context.RequestAborted);
        var batch = new EmailReader(renderers, lanes, own, time).Read(RawBody.Of(context).Bytes);
        var incarnation = await intake.AcceptAsync(batch, context.RequestAborted);
        bell.Ring();
        return Results.Json(new AcceptedAnswer(incarnation), ServiceJson.Default.AcceptedAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ControlAsync(HttpContext context, ISendIntake intake)
    {
        await intake.ControlAsync(ControlReader.Read(RawBody.Of(context).Bytes), context.RequestAborted);
        return Results.Json(new ControlAnswer(), ServiceJson.Default.ControlAnswer);
    }

    private static async Task<IResult> ReportAsync(HttpContext context, IDeliveryStore deliveries, TimeProvider time)
    {
        var reader = new ReportReader(time);
        reader.Read(RawBody.Of(context).Bytes);
        if (reader.Events.Count > 0)
        {
            reader.Reject(await deliveries.AppendAsync(reader.Events, context.RequestAborted));
        }

        return Results.Json(new ReportAnswer(reader.Rejected), ServiceJson.Default.ReportAnswer);
    }

    private static RouteGroupBuilder MapGroup(IEndpointRouteBuilder endpoints, ServiceDirection direction)
    {
        Require<ServiceSignature>(endpoints, ".AddServiceCalls(o => o.ServiceKey = …)");
        var services = endpoints.ServiceProvider;
        var logging = services.GetRequiredService<ILoggerFactory>();
        var options = services.GetRequiredService<IOptions<ServiceOptions>>().Value;
        var verify = new VerifySignature(
            direction, services.GetRequiredService<ServiceSignature>(), options, logging.CreateLogger<VerifySignature>());
        if (options.AllowAnonymousServices)
        {
            ServiceLog.AnonymousServices(logging.CreateLogger(typeof(ServiceEndpoints)));
        }

        // The signature is the authentication: a host's own fallback policy must not ask services to sign in
        var group = endpoints.MapGroup("");
        group.AddEndpointFilter(verify)
            .AddEndpointFilter(new AnswerMistakes(logging.CreateLogger<AnswerMistakes>()))
            .AllowAnonymous()
            .ExcludeFromDescription();
        return group;
    }

    private static void Require<T>(IEndpointRouteBuilder endpoints, string remedy)
    {
        if (endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>() is { } known && !known.IsService(typeof(T)))
        {
            throw new InvalidOperationException($"The services' endpoints need {typeof(T).Name}, which is not registered: add {remedy}.");
        }
    }
}
