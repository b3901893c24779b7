using Microsoft.Extensions.Options;

namespace MailMarketing;

/// <summary>Judges <see cref="MailMarketingOptions"/> at start; every message names the field.</summary>
internal sealed class MailMarketingOptionsValidator : IValidateOptions<MailMarketingOptions>
{
    public ValidateOptionsResult Validate(string? name, MailMarketingOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.PublicUrl is { } url && !IsPublic(url))
        {
            result.AddError(
                "must be an absolute http or https address without user, query or fragment, as in https://mail.example.org.",
                nameof(MailMarketingOptions.PublicUrl));
        }

        if (options.DkimSelector is { } selector && !IsSelector(selector))
        {
            result.AddError(
                "must be a name of letters, digits, hyphens, underscores and dots, as in s1.", nameof(MailMarketingOptions.DkimSelector));
        }

        if (options.MaxMediaBytes is < 1024 or > 10 * 1024 * 1024)
        {
            result.AddError(
                $"is {options.MaxMediaBytes}; it must be 1024 to 10485760 (10 MiB).", nameof(MailMarketingOptions.MaxMediaBytes));
        }

        if (options.MaxAttachments is < 0 or > Limits.Attachments)
        {
            result.AddError(
                $"is {options.MaxAttachments}; it must be 0 to {Limits.Attachments}.", nameof(MailMarketingOptions.MaxAttachments));
        }

        if (options.MaxAttachmentBytes is < 1024 or > 7 * 1024 * 1024)
        {
            result.AddError(
                $"is {options.MaxAttachmentBytes}; it must be 1024 to 7340032 (7 MiB).", nameof(MailMarketingOptions.MaxAttachmentBytes));
        }

        if (options.KeepDeliveries < TimeSpan.FromDays(1))
        {
            result.AddError($"is {options.KeepDeliveries}; it must be one day or more.", nameof(MailMarketingOptions.KeepDeliveries));
        }

        if (options.Sending is not { } sending)
        {
            result.AddError("must not be null.", nameof(MailMarketingOptions.Sending));
            return result.Build();
        }

        if (sending.ClaimSize is < 1 or > 10_000)
        {
            result.AddError($"is {sending.ClaimSize}; it must be 1 to 10000.", "Sending.ClaimSize");
        }

        if (sending.Lease < TimeSpan.FromSeconds(2) || sending.Lease > TimeSpan.FromMinutes(10))
        {
            result.AddError($"is {sending.Lease}; it must be 00:00:02 to 00:10:00.", "Sending.Lease");
        }

        return result.Build();
    }

    private static bool IsSelector(string name) =>
        name.Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    // On Linux a bare path such as /mail counts as an absolute file address, so the scheme decides.
    private static bool IsPublic(Uri url) =>
        url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0 && url.Host.Length > 0;
}
