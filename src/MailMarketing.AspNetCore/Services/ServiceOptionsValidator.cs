using Microsoft.Extensions.Options;

namespace MailMarketing.AspNetCore;

internal sealed class ServiceOptionsValidator : IValidateOptions<ServiceOptions>
{
    public ValidateOptionsResult Validate(string? name, ServiceOptions options)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrEmpty(options.ServiceKey))
        {
            if (!options.AllowAnonymousServices)
            {
                mistakes.Add("ServiceKey is missing: set the same secret of at least 32 characters on both services.");
            }
        }
        else if (options.ServiceKey.Length < ServiceOptions.MinServiceKey)
        {
            mistakes.Add("ServiceKey is too short: it needs at least 32 characters.");
        }

        if (options.PreviousServiceKey is { } previous && (string.IsNullOrEmpty(options.ServiceKey) || previous == options.ServiceKey))
        {
            mistakes.Add("PreviousServiceKey is the key before ServiceKey: set both, and different ones, or leave it out.");
        }

        if (options.MaxBodyBytes is < 1024 or > 1024 * 1024 * 1024)
        {
            mistakes.Add("MaxBodyBytes must be 1024 to 1073741824.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
