using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Dashboard.Hosting;

/// <summary>What the visitor of one connection may do, by the app's policies; everything where it named none.</summary>
internal sealed class Access(AuthenticationStateProvider people, IServiceProvider services)
{
    private readonly Dictionary<Need, bool> _known = [];
    private readonly Dictionary<Need, string?> _policies = [];

    /// <summary>Where the app asks for the password again; null for nowhere.</summary>
    public string? ConfirmPage { get; private set; }

    /// <summary>What is said to those who may not.</summary>
    public static Problem Refusal { get; } =
        Problem.Conflict("Your account may look at this and not change it. Ask an administrator for another role.");

    /// <summary>Asks once, when the connection stands.</summary>
    public async Task AskAsync(AccessPolicies? policies)
    {
        ConfirmPage = policies?.ConfirmPage;
        (_policies[Need.Write], _policies[Need.Settings], _policies[Need.Credentials]) = (policies?.Write, policies?.Settings, policies?.Credentials);
        foreach (var need in _policies.Keys)
        {
            _known[need] = await MayNowAsync(need);
        }
    }

    /// <summary>Whether it was allowed when the connection was made: for what is shown.</summary>
    public bool May(Need need) => _known.GetValueOrDefault(need);

    /// <summary>Whether it is allowed now: for what is done.</summary>
    public async Task<bool> MayNowAsync(Need need) => _policies[need] is not { } policy
        || (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(
            (await people.GetAuthenticationStateAsync()).User, policy)).Succeeded;
}
