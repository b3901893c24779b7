using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>Processes that share a server, with its own clock.</summary>
internal static class Nodes
{
    public static string NewPrefix() => $"t-{Guid.NewGuid():n}";

    public static ServiceProvider Build(string configuration, string prefix) =>
        Build(builder => builder.UseRedisIntake(configuration, options => options.Prefix = prefix));

    public static ServiceProvider Build(Action<MailMarketingBuilder> use, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection().AddSingleton(new Lane("default", _ => new()));
        configure?.Invoke(services);
        use(new MailMarketingBuilder(services));
        return services.BuildServiceProvider();
    }
}
