using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MailMarketing.Engine;

/// <summary>Registers the engine's parts. The same again changes nothing.</summary>
internal static class EngineServices
{
    /// <summary>For a process that sends: the engine, and the pump that reports to a marketing side elsewhere.</summary>
    public static IServiceCollection AddSendingEngine(this IServiceCollection services, Func<IServiceProvider, EngineOptions> options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LaneGates>();
        services.TryAddSingleton<TemplateCache>();
        services.TryAddSingleton<SliceRenderer>();
        services.AddHostedService<SendingEngine>();
        return services.AddHostedService<OutboxPump>();
    }

    /// <summary>For a marketing side that hands its work over to an <see cref="IHandOverTarget"/> instead of sending it.</summary>
    public static IServiceCollection AddHandOver(this IServiceCollection services, Func<IServiceProvider, EngineOptions> options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        return services.AddHostedService<HandOverPump>();
    }
}
