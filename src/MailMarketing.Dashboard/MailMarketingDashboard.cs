using MailMarketing.Dashboard.Hosting;
using MailMarketing.Dashboard.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
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
    /// <param name="policy">The app's authorization policy for everything under the path; null leaves it open, or to the app.</param>
    /// <exception cref="ArgumentException">The path does not begin with a slash, or holds more than plain segments.</exception>
    /// <exception cref="InvalidOperationException"><c>AddDashboard()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapMailMarketingDashboard(
        this IEndpointRouteBuilder endpoints, string path = "/", string? policy = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var mount = DashboardMount.At(path);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(Browser)) != true)
        {
            throw new InvalidOperationException("The dashboard's services are missing: add .AddDashboard() after AddMailMarketing(…).");
        }

        FindAssets(endpoints.ServiceProvider);
        var group = endpoints.MapGroup(mount.Path);

        // At the root the assets are the app's own: mapping them there a second time would make each one ambiguous.
        _ = (mount.IsRoot ? endpoints : group).MapStaticAssets();
        group.MapRazorComponents<App>().WithMetadata(mount).AddInteractiveServerRenderMode();

        group.MapGet(DryRunFile.Route, DryRunFile.AnswerAsync);

        // No page posts a form: all input comes over the connection, which the browser opens from the page alone.
        group.DisableAntiforgery();
        return policy is null ? group : group.RequireAuthorization(policy);
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
