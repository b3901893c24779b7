using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace MailMarketing.AspNetCore;

/// <summary>Lets through only calls that the other service signed, with their raw body read; answers 401 to all others.</summary>
internal sealed class VerifySignature(
    ServiceDirection direction, ServiceSignature signature, ServiceOptions options, ILogger<VerifySignature> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var anonymous = options.AllowAnonymousServices && (!signature.HasKey || !SignedHeaders.AnyIn(request.Headers));
        var headers = anonymous ? null : SignedHeaders.Read(request.Headers);
        if (!anonymous && headers is null)
        {
            return Refuse(request, "The call is not signed: it needs the headers webhook-id, webhook-timestamp and webhook-signature, once each.");
        }

        if (headers is not null && !signature.IsTimely(headers))
        {
            return Refuse(request, "The timestamp is more than five minutes off: set the clocks of both machines.");
        }

        RawBody? body;
        try
        {
            body = await RawBody.ReadAsync(request, options.MaxBodyBytes, context.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException mistake)
        {
            return ServiceAnswer.Refuse(mistake.StatusCode, "The body could not be read to its end.");
        }

        if (body is null)
        {
            return ServiceAnswer.Refuse(
                StatusCodes.Status413PayloadTooLarge, $"The body is larger than {options.MaxBodyBytes} bytes: send it in smaller batches.");
        }

        if (headers is not null && Judge(headers, request, body) is { } refusal)
        {
            return refusal;
        }

        context.HttpContext.Features.Set(body);
        return await next(context);
    }

    private IResult? Judge(SignedHeaders headers, HttpRequest request, RawBody body)
    {
        // The target as it stood on the wire: the parsed path is decoded, and so is not what was signed
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        switch (signature.Verify(direction, headers, request.Method, target, body.Bytes.Span))
        {
            case ServiceSignature.Verdict.Right:
                return null;
            case ServiceSignature.Verdict.OutsideWindow:
                return Refuse(request, "The timestamp is more than five minutes off: set the clocks of both machines.");
            case ServiceSignature.Verdict.Repeated:
                return Refuse(request, "A call with this webhook-id was taken already.");
            case ServiceSignature.Verdict.Busy:
                request.HttpContext.Response.Headers.RetryAfter = "10";
                return ServiceAnswer.Refuse(StatusCodes.Status429TooManyRequests, "Too many calls came in the last minutes; try again later.");
            default:
                return Refuse(request, "The signature is wrong: both services need the same ServiceKey.");
        }
    }

    private IResult Refuse(HttpRequest request, string why)
    {
        ServiceLog.CallRefused(logger, request.Method, direction, why);
        return ServiceAnswer.Refuse(StatusCodes.Status401Unauthorized, why);
    }
}
