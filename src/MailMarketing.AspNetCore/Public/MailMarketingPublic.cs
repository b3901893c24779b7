using MailMarketing.AspNetCore.Public;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MailMarketing;

/// <summary>Mounts what recipients reach from a mail, without signing in.</summary>
public static class MailMarketingPublic
{
    private const int MaxForm = 16 * 1024;

    /// <summary>
    /// Maps the unsubscribe page under <paramref name="prefix"/>: GET shows it and changes nothing, POST acts (from the page's button, or
    /// in one click from a mail program, RFC 8058). Links in mails point here: <c>{PublicUrl}/m/u/{token}</c>. Images of
    /// <see cref="MailMarketingClient.Media"/> are at <c>{PublicUrl}/m/media/{name}</c>.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">The path that all public routes share; default <c>/m</c>.</param>
    public static RouteGroupBuilder MapMailMarketingPublic(this IEndpointRouteBuilder endpoints, string prefix = "/m")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(prefix).WithTags("Public").AllowAnonymous().DisableAntiforgery();

        // A link may be cut anywhere, or have something of the text around it at its end: such people read the page too
        group.MapMethods("/u/{**token}", [HttpMethods.Get, HttpMethods.Head], Show).ExcludeFromDescription();
        group.MapPost("/u/{**token}", ActAsync).ExcludeFromDescription().WithMetadata(new RequestSizeLimitAttribute(MaxForm));
        group.MapMethods("/media/{fileName}", [HttpMethods.Get, HttpMethods.Head], MediaAnswer.AnswerAsync).ExcludeFromDescription();
        return group;
    }

    private static IResult Show(string? token, UnsubscribeLinks links) =>
        links.TryRead(token, out _, out _) ? UnsubscribePage.Ask() : UnsubscribePage.Invalid();

    private static async Task<IResult> ActAsync(
        string? token, HttpRequest request, MailMarketingClient client, CancellationToken cancellationToken)
    {
        if (!await IsConfirmedAsync(request, cancellationToken))
        {
            return UnsubscribePage.NotConfirmed();
        }

        return await client.UnsubscribeByTokenAsync(token ?? "", cancellationToken) ? UnsubscribePage.Done() : UnsubscribePage.Invalid();
    }

    /// <summary>Whether the body says so: the one-click pair of RFC 8058, or the page's own button.</summary>
    private static async Task<bool> IsConfirmedAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return false;
        }

        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return form["List-Unsubscribe"] == "One-Click" || form["confirm"] == "unsubscribe";
        }
        catch (Exception mistake) when (mistake is InvalidDataException or IOException)
        {
            // Not the form it says it is, cut short, or larger than anything that a mail program sends
            return false;
        }
    }
}
