using MailMarketing.Dashboard.Hosting;
using MailMarketing.Dashboard.Shared;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace MailMarketing;

/// <summary>Registers the dashboard.</summary>
public static class DashboardBuilderExtensions
{
    /// <summary>
    /// Adds what the dashboard's pages need; mount them with <c>app.MapMailMarketingDashboard("/mail")</c>. Again adds nothing twice.
    /// </summary>
    /// <param name="builder">The library's builder.</param>
    /// <param name="configure">Sets the options; without it they keep their defaults.</param>
    public static MailMarketingBuilder AddDashboard(this MailMarketingBuilder builder, Action<DashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.TryAddScoped<Browser>();
        builder.Services.TryAddScoped<Feedback>();
        builder.Services.TryAddScoped<SenderStatus>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Scoped<CircuitHandler, ActorCircuitHandler>());
        if (configure is not null)
        {
            builder.Services.Configure(configure);
        }

        return builder;
    }
}
