using ReferenceHost.EmailClient;
using ReferenceHost.MockGateway;
using ReferenceHost.Web;

namespace ReferenceHost;

/// <summary>What one executable can be, chosen by <c>--role</c> or <c>MailMarketing:Role</c>.</summary>
internal static class Roles
{
    private const string All = "all";
    private const int Misconfigured = 2;

    // What takes no value on the command line, and the setting that it stands for
    private static readonly Dictionary<string, string> _flags = new()
    {
        ["--seed-demo"] = "--MailMarketing:SeedDemo=true",
        ["--migrate"] = "--MailMarketing:Migrate=true",
    };

    // What is quiet unless the configuration says otherwise
    private static readonly Dictionary<string, string?> _defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Error",
    };

    // In the order in which they start: each finds the next one already there
    private static readonly Role[] _roles = [MockGatewayRole.Role, EmailClientRole.Role, WebRole.Role];

    public static async Task<int> RunAsync(string[] args)
    {
        args = [.. args.Select(arg => _flags.GetValueOrDefault(arg, arg))];
        var configured = Builder(args);
        var configuration = configured.Configuration;
        var name = configuration["role"] ?? configuration["MailMarketing:Role"] ?? All;
        var roles = _roles.Where(role => name == All || role.Name == name).ToList();
        if (roles.Count == 0)
        {
            return await FailAsync(
                $"There is no role '{name}': set --role (or MailMarketing:Role) to one of: {All}, {string.Join(", ", _roles.Select(role => role.Name))}.");
        }

        var apps = new Stack<WebApplication>();
        try
        {
            var settings = Settings(configured, isAll: name == All);
            if (settings.Migrate)
            {
                foreach (var role in roles)
                {
                    await role.MigrateAsync(Builder(args), settings);
                }

                return 0;
            }

            foreach (var role in roles)
            {
                var app = await role.StartAsync(Builder(args), settings);
                apps.Push(app);
                Console.WriteLine($"{role.Name} listens on {string.Join(", ", app.Urls)}");
            }

            Welcome.Write(roles, settings);
            await Task.WhenAny(apps.Select(StoppingAsync));
            return 0;
        }
        catch (BadSettingException mistake)
        {
            return await FailAsync(mistake.Message);
        }
        finally
        {
            // Who sends stops before who is sent to
            while (apps.TryPop(out var app))
            {
                await app.StopAsync();
                await app.DisposeAsync();
            }
        }
    }

    private static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = _defaults });
        return builder;
    }

    private static HostSettings Settings(WebApplicationBuilder builder, bool isAll)
    {
        var settings = HostSettings.Read(builder.Configuration, builder.Environment.ContentRootPath, isAll);

        // Both ends are in this process, and nobody else needs to know it
        return isAll && settings.ServiceKey is null
            ? settings with { ServiceKey = DataFolder.ServiceKey(settings.DataDirectory) }
            : settings;
    }

    private static async Task StoppingAsync(WebApplication app)
    {
        var stopping = new TaskCompletionSource();
        await using var registration = app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task;
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return Misconfigured;
    }
}
