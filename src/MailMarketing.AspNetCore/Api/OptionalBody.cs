using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A JSON body that may be left away.</summary>
/// <typeparam name="T">What the body says.</typeparam>
internal sealed class OptionalBody<T> : IRefusable, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly ApiBody<T>? _body;

    private OptionalBody(ApiBody<T>? body) => _body = body;

    /// <summary>What the body says; null where there is none.</summary>
    public T? Value => _body?.Value;

    public IResult? Refusal => _body?.Refusal;

    /// <summary>Called by the framework for each handler's parameter of this type.</summary>
    public static async ValueTask<OptionalBody<T>> BindAsync(HttpContext context)
    {
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != false && context.Request.ContentLength != 0;
        return new(hasBody ? await ApiBody<T>.BindAsync(context) : null);
    }

    /// <summary>Describes the body and its refusals for OpenAPI.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([], typeof(T), isOptional: true));
        builder.Refuses(
            StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity);
    }
}
