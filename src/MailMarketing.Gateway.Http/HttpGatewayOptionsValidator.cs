using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MailMarketing.Gateway.Http;

internal sealed class HttpGatewayOptionsValidator : IValidateOptions<HttpGatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpGatewayOptions options)
    {
        List<ValidationResult> mistakes = [];
        Validator.TryValidateObject(options, new ValidationContext(options), mistakes, validateAllProperties: true);
        var failures = mistakes
            .Select(mistake => $"Gateway lane '{name}': {mistake.ErrorMessage}")
            .Concat(EndpointMistakes(options.Endpoint).Select(mistake => $"Gateway lane '{name}': Endpoint {mistake}"))
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> EndpointMistakes(Uri? endpoint)
    {
        if (endpoint is null)
        {
            yield return "is required: set it to the address that messages are posted to.";
        }
        else if (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            yield return "must be an absolute http or https address.";
        }
        else if (endpoint.UserInfo.Length > 0)
        {
            yield return "must not carry a user name or password: set them as the lane's credentials.";
        }
    }
}
