using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MailMarketing.AspNetCore.Api;

/// <summary>Answers what no handler can: a body or a query that cannot be read, a body cut short, storage that cannot be reached.</summary>
internal sealed class RefuseFirst(ILogger<RefuseFirst> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.Arguments.OfType<IRefusable>().FirstOrDefault(part => part.Refusal is not null) is { } unreadable)
        {
            return unreadable.Refusal;
        }

        try
        {
            return await next(context);
        }
        catch (BadHttpRequestException mistake)
        {
            return Results.Problem("The body is too large, or it could not be read to its end.", statusCode: mistake.StatusCode);
        }
        catch (ContactSourceException failure)
        {
            return ApiResults.Of(Problem.Unavailable(failure.Message));
        }
        catch (MailMarketingException failure)
        {
            ApiLog.CallFailed(logger, context.HttpContext.Request.Method, context.HttpContext.Request.Path, failure);
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return Results.Problem(
                "The storage cannot be used now; try again later. The log says why.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
