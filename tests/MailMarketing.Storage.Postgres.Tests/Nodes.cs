using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Storage.Postgres.Tests;

/// <summary>Processes that share a database, with its own clock.</summary>
internal static class Nodes
{
    public static ServiceProvider Web(string connectionString, string schema) =>
        Build(builder => builder.UsePostgres(connectionString, options => options.Schema = schema));

    public static ServiceProvider Intake(string schema) =>
        Build(builder => builder.UsePostgresIntake(PostgresServer.ConnectionString, options => options.Schema = schema));

    public static ServiceProvider Build(Action<MailMarketingBuilder> use)
    {
        var services = new ServiceCollection().AddSingleton(new Lane("default", _ => new()));
        use(new MailMarketingBuilder(services));
        return services.BuildServiceProvider();
    }
}
