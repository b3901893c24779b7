using MailMarketing.Dashboard.Hosting;
using MailMarketing.Dashboard.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailMarketing;

/// <summary>Mounts the pages.</summary>
public static class MailMarketingDashboard
{
    /// <summary>
    /// Maps the dashboard, its scripts and its connection under <paramref name="path"/>. Call it on the app itself, after
    /// <see cref="DashboardBuilderExtensions.AddDashboard"/>. What it returns takes further conventions for all of it.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="path">Where the pages live: <c>/</c> (the default), or a path such as <c>/admin/mail</c> without parameters.</param>
    /// <param name="policy">
    /// The app's authorization policy for everything under the path; null leaves it to <c>RequireAuthorization</c> on what this returns.
    /// Without either, and outside Development, every page is answered 403.
    /// </param>
    /// <exception cref="ArgumentException">The path does not begin with a slash, or holds more than plain segments.</exception>
    /// <exception cref="InvalidOperationException"><c>AddDashboard()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapMailMarketingDashboard(
        this IEndpointRouteBuilder endpoints, string path = "/", string? policy = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return Map(endpoints, DashboardMount.At(path), policy);
    }

    /// <summary>The same for people who may do different things: what one may not do is not shown, and refused.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="path">Where the pages live, as above.</param>
    /// <param name="policies">Who may look, change and set.</param>
    /// <exception cref="ArgumentException">The path does not begin with a slash, or holds more than plain segments.</exception>
    /// <exception cref="InvalidOperationException"><c>AddDashboard()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapMailMarketingDashboard(
        this IEndpointRouteBuilder endpoints, string path, AccessPolicies policies)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(policies);
        return Map(endpoints, DashboardMount.At(path) with { Policies = policies }, policies.Read);
    }

    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, DashboardMount mount, string? policy)
    {
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(Browser)) != true)
        {
            throw new InvalidOperationException("The dashboard's services are missing: add .AddDashboard() after AddMailMarketing(…).");
        }

        FindAssets(endpoints.ServiceProvider);
        var group = endpoints.MapGroup(mount.Path);

        // At the root the assets are the app's own: mapping them there a second time would make each one ambiguous.
        _ = (mount.IsRoot ? endpoints : group).MapStaticAssets();
        var pages = group.MapRazorComponents<App>().WithMetadata(mount).AddInteractiveServerRenderMode();
        pages.Add(TakeNoForms);

        group.MapGet(DryRunFile.Route, DryRunFile.AnswerAsync);
        group.MapGet(MediaThumbnail.Route, MediaThumbnail.AnswerAsync);

        // All input comes over the connection, which the browser opens from the page alone.
        group.DisableAntiforgery();
        OpenMount.Guard(group, $"app.MapMailMarketingDashboard(\"{mount.Path}/\", \"Marketing\")");
        return policy is null ? group : group.RequireAuthorization(policy);
    }

    // Blazor takes forms at every page; none of ours sends one
    private static void TakeNoForms(EndpointBuilder page)
    {
        if (page.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            page.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        }
    }

    // Only in Development does a host find the assets of packages by itself before it is published.
    private static void FindAssets(IServiceProvider services)
    {
        var environment = services.GetRequiredService<IWebHostEnvironment>();
        if (!environment.IsDevelopment())
        {
            StaticWebAssetsLoader.UseStaticWebAssets(environment, services.GetRequiredService<IConfiguration>());
        }
    }
}
