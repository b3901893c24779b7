using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MailMarketing.AspNetCore.Api;

/// <summary>A JSON body, or the answer that says what is wrong with it: 415, 413 or 400, never 500.</summary>
/// <typeparam name="T">What the body says.</typeparam>
internal readonly struct ApiBody<T>
    where T : class
{
    private ApiBody(T? value, IResult? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public IResult? Refusal { get; }

    public static async ValueTask<ApiBody<T>> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return new(null, Results.Problem("Send the body as JSON with Content-Type: application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ApiJson.Options, context.RequestAborted);
            return value is null ? Bad("The body must be a JSON object.") : new(value, null);
        }
        catch (JsonException mistake)
        {
            var place = string.IsNullOrEmpty(mistake.Path) || mistake.Path == "$" ? "" : $" (at {mistake.Path})";
            return Bad($"The body is not the JSON that this call takes{place}; see /openapi/v1.json.");
        }
        catch (InvalidOperationException)
        {
            return Bad("The body is not valid UTF-8.");
        }
        catch (BadHttpRequestException mistake)
        {
            return new(null, Results.Problem("The body is too large or cut short.", statusCode: mistake.StatusCode));
        }
    }

    private static ApiBody<T> Bad(string detail) => new(null, Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest));
}
