using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MailMarketing.AspNetCore;

/// <summary>Answers a body that does not validate with 400, one that is no JSON with 415, and storage that cannot be reached with 503.</summary>
internal sealed class AnswerMistakes(ILogger<AnswerMistakes> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsGet(request.Method) && !WireBody.IsJson(request))
        {
            return ServiceAnswer.Refuse(
                StatusCodes.Status415UnsupportedMediaType, "The body must be JSON in UTF-8: set Content-Type to application/json.");
        }

        try
        {
            return await next(context);
        }
        catch (WireException mistake)
        {
            return ServiceAnswer.Refuse(mistake);
        }
        catch (MailMarketingException failure)
        {
            ServiceLog.CallFailed(logger, failure);
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return ServiceAnswer.Refuse(
                StatusCodes.Status503ServiceUnavailable, "The storage cannot be reached now; nothing was stored. Try again later.");
        }
    }
}
