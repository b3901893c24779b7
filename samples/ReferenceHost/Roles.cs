using ReferenceHost.MockGateway;

namespace ReferenceHost;

/// <summary>What one executable can be, chosen by <c>--role</c> or <c>MailMarketing:Role</c>.</summary>
internal static class Roles
{
    private const int Misconfigured = 2;

    private static readonly Dictionary<string, Func<WebApplicationBuilder, Task>> _roles = new(StringComparer.Ordinal)
    {
        [MockGatewayRole.Name] = MockGatewayRole.RunAsync,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var role = builder.Configuration["role"] ?? builder.Configuration["MailMarketing:Role"];
        if (role is null || !_roles.TryGetValue(role, out var run))
        {
            var wrong = string.IsNullOrEmpty(role) ? "No role is set" : $"There is no role '{role}'";
            return await FailAsync($"{wrong}: set --role (or MailMarketing:Role) to one of: {string.Join(", ", _roles.Keys)}.");
        }

        try
        {
            await run(builder);
            return 0;
        }
        catch (BadSettingException mistake)
        {
            return await FailAsync(mistake.Message);
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return Misconfigured;
    }
}
