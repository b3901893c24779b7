using Microsoft.AspNetCore.Mvc;
using ReferenceHost.Security;
using ReferenceHost.Tokens;

namespace ReferenceHost.People;

/// <summary>Maps the pages of people: forms without scripts, each with a token against forgery.</summary>
internal static class AccountEndpoints
{
    private const int MaxForm = 64 * 1024;

    public static void Map(WebApplication app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxForm));
        pages.AddEndpointFilter<RouteGroupBuilder, FormFilter>();
        var open = pages.MapGroup("").AllowAnonymous().WithMetadata(new SameOrigin.OwnPage());
        SignInEndpoints.Map(open);
        OpenId.Map(open);
        PasswordEndpoints.Map(open);
        var own = pages.MapGroup("").RequireAuthorization(Policies.Person);
        OwnAccountEndpoints.Map(own);
        ConfirmEndpoints.Map(own);
        var administrators = pages.MapGroup("").RequireAuthorization(Policies.People);
        PeopleEndpoints.Map(administrators);
        TokenEndpoints.Map(administrators);
    }
}
