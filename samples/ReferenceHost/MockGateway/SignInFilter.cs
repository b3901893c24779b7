using System.Security.Cryptography;
using System.Text;

namespace ReferenceHost.MockGateway;

/// <summary>Basic authentication, where a user is set.</summary>
internal sealed class SignInFilter(MockGatewayOptions options) : IEndpointFilter
{
    private readonly byte[]? _expected = options.User is null
        ? null
        : SHA256.HashData(Encoding.UTF8.GetBytes($"{options.User}:{options.Password}"));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (_expected is null || IsSignedIn(context.HttpContext.Request.Headers.Authorization.ToString()))
        {
            return await next(context);
        }

        context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"mock gateway\", charset=\"UTF-8\"";
        return Results.Json(new { error = "unauthorized" }, Json.Options, statusCode: StatusCodes.Status401Unauthorized);
    }

    private bool IsSignedIn(string header)
    {
        const string scheme = "Basic ";
        var bytes = new byte[header.Length];
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out var length)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(bytes.AsSpan(0, length)), _expected);
    }
}
