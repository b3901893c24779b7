using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace MailMarketing.Gateway.Smtp;

internal sealed class SmtpGatewayOptionsValidator : IValidateOptions<SmtpGatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpGatewayOptions options)
    {
        List<ValidationResult> mistakes = [];
        Validator.TryValidateObject(options, new ValidationContext(options), mistakes, validateAllProperties: true);
        var failures = mistakes.Select(mistake => mistake.ErrorMessage!).Concat(Mistakes(options))
            .Select(mistake => $"Gateway lane '{name}': {mistake}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Mistakes(SmtpGatewayOptions options)
    {
        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            yield return "Host is required: set it to the server's name, as in smtp.example.org.";
        }

        if (options.LocalDomain is { } domain && Uri.CheckHostName(domain) == UriHostNameType.Unknown)
        {
            yield return "LocalDomain must be a host's name, as in mail.example.org.";
        }

        if (!Enum.IsDefined(options.Security))
        {
            yield return "Security must be StartTls, Tls or None.";
        }

        if (options.Security == SmtpSecurity.None && options.RequiresCredentials && !IsThisMachine(options.Host))
        {
            yield return "Security is None and RequiresCredentials is true: they would go over the network in the clear. Use StartTls or Tls.";
        }

        if (options.HonoursIdempotencyKeys)
        {
            yield return "HonoursIdempotencyKeys must be false: SMTP servers know no idempotency keys.";
        }
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
