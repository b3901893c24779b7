using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A JSON body, or the answer that says what is wrong with it: 415, 413 or 400, never 500.</summary>
/// <typeparam name="T">What the body says.</typeparam>
internal sealed class ApiBody<T> : IRefusable, IFingerprinted, IEndpointParameterMetadataProvider
    where T : class
{
    // Room for both parts of the largest template with every character escaped, or for a few hundred thousand ids.
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly T? _value;

    private ApiBody(T value, string fingerprint) => (_value, Fingerprint) = (value, fingerprint);

    private ApiBody(int status, string detail) => Refusal = Results.Problem(detail, statusCode: status);

    public T Value => _value ?? throw new InvalidOperationException("The body was refused.");

    public IResult? Refusal { get; }

    public string Fingerprint { get; } = "";

    /// <summary>Called by the framework for each handler's parameter of this type.</summary>
    public static async ValueTask<ApiBody<T>> BindAsync(HttpContext context)
    {
        if (!WireBody.IsJson(context.Request))
        {
            return new(StatusCodes.Status415UnsupportedMediaType, "Send the body as JSON in UTF-8, with Content-Type: application/json.");
        }

        try
        {
            return await RawBody.ReadAsync(context.Request, MaxBytes, context.RequestAborted) is { } body
                ? Read(body.Bytes)
                : new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MaxBytes / 1024 / 1024} MiB.");
        }
        catch (BadHttpRequestException mistake)
        {
            return new(mistake.StatusCode, "The body could not be read to its end; send it again.");
        }
    }

    /// <summary>Describes the body and its refusals for OpenAPI.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        // Without content types here, so that routing leaves the answer 415 to us; the description says application/json all the same.
        builder.Metadata.Add(new AcceptsMetadata([], typeof(T)));
        builder.Refuses(
            StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType,
            StatusCodes.Status422UnprocessableEntity);
    }

    private static ApiBody<T> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            // First as a whole: the serializer would pass over a member that it does not know, were it there twice
            using var document = WireBody.Parse(body);
            return new(document.Deserialize<T>(ApiJson.Reading)!, Convert.ToHexString(SHA256.HashData(body.Span)));
        }
        catch (WireException mistake)
        {
            return new(StatusCodes.Status400BadRequest, mistake.Message);
        }
        catch (JsonException mistake)
        {
            return new(
                StatusCodes.Status400BadRequest,
                $"The body is not the JSON that this call takes (at {mistake.Path ?? "$"}); /openapi/v1.json describes it.");
        }
    }
}
