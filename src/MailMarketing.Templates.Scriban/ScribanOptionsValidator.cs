using Microsoft.Extensions.Options;

namespace MailMarketing.Templates.Scriban;

/// <summary>Judges <see cref="ScribanOptions"/> at start.</summary>
internal sealed class ScribanOptionsValidator : IValidateOptions<ScribanOptions>
{
    public ValidateOptionsResult Validate(string? name, ScribanOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (Locale.CultureOf(options.Language) is null)
        {
            result.AddError($"is {options.Language}; it must be a language tag such as de or en-GB.", nameof(ScribanOptions.Language));
        }

        if (Locale.ZoneOf(options.TimeZone) is null)
        {
            result.AddError($"is {options.TimeZone}; it must be the name of a time zone such as Europe/Berlin.", nameof(ScribanOptions.TimeZone));
        }

        return result.Build();
    }
}
