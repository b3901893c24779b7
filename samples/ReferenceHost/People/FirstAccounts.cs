using MailMarketing;

namespace ReferenceHost.People;

/// <summary>What the configuration says about the first administrator, carried out at start.</summary>
internal static class FirstAccounts
{
    private const int ShortestToken = 16;
    private const string Admin = $"{HostSettings.Section}:Admin";

    /// <summary>Refuses settings that would leave a weak door.</summary>
    public static void Judge(HostSettings settings)
    {
        if (settings.AdminEmail is null != settings.AdminPassword is null)
        {
            throw new BadSettingException(
                settings.AdminEmail is null ? $"{Admin}:Email" : $"{Admin}:Password", "the address and the password of the first administrator go together.");
        }

        if (settings.ApiToken is { } token && (token.Length < ShortestToken || token.Any(character => character is <= ' ' or > '~')))
        {
            throw new BadSettingException(
                $"{Admin}:ApiToken", $"a token needs {ShortestToken} characters or more of ASCII without spaces, such as 32 random ones.");
        }
    }

    /// <summary>Adds the administrator where there is none; gives the token that opens the set-up page, or null where nobody needs it.</summary>
    public static async Task<string?> PrepareAsync(WebApplication app, HostSettings settings, CancellationToken cancellationToken)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        if (await accounts.HasAdministratorAsync(cancellationToken))
        {
            return null;
        }

        if (settings.AdminEmail is { } email)
        {
            var added = await accounts.AddFirstAsync(email, settings.AdminPassword!, cancellationToken);
            return added.Succeeded ? null : throw new BadSettingException(Admin, PasswordEndpoints.Text(added.Problem));
        }

        return app.Services.GetRequiredService<DemoDoor>().IsOpen ? null : app.Services.GetRequiredService<SetUp>().Token;
    }
}
