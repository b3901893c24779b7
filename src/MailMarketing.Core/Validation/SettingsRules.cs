using System.Text;

namespace MailMarketing;

/// <summary>What the sending side's settings must look like.</summary>
internal static class SettingsRules
{
    private const int MaxUser = 256;
    private const int MaxPassword = 1024;

    // Written by us where a recipient has a link; a settings-wide one would be the same for everybody.
    private static readonly HashSet<string> OurOwn = new(StringComparer.OrdinalIgnoreCase) { "list-unsubscribe", "list-unsubscribe-post" };

    /// <summary>The patch with its texts trimmed, or what is wrong with it.</summary>
    public static Result<SenderSettingsPatch> Check(SenderSettingsPatch patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var errors = new FieldErrors();
        if (patch.Auth is { } auth)
        {
            errors.Add("auth.user", JudgeSecret(auth.User, "The user", MaxUser));
            errors.Add("auth.user", auth.User?.Contains(':', StringComparison.Ordinal) == true ? "The user must not contain a colon." : null);
            errors.Add("auth.password", JudgeSecret(auth.Password, "The password", MaxPassword));
        }

        errors.Add("lane", patch.Lane is { } lane ? TextRules.RequiredName(lane, "The lane") : null);
        var from = patch.From is null ? null : CheckFrom(patch.From, errors);
        CheckHeaders(patch.Headers, errors);
        return errors.ToProblem() is { } problem ? problem : patch with { From = from };
    }

    private static Mailbox CheckFrom(Mailbox from, FieldErrors errors)
    {
        _ = EmailAddress.TryParse(from.Email, out var address, out var mistake);
        errors.Add("from.email", mistake);
        var name = TextRules.Trim(from.Name);
        errors.Add("from.name", TextRules.Name(name, "The name"));
        return new Mailbox(name, address.ToString());
    }

    private static void CheckHeaders(IReadOnlyDictionary<string, string>? headers, FieldErrors errors)
    {
        if (headers is null)
        {
            return;
        }

        if (headers.Count > Limits.Headers)
        {
            errors.Add("headers", $"There are {headers.Count} headers; at most {Limits.Headers} can be set.");
            return;
        }

        foreach (var (name, value) in headers)
        {
            errors.Add("headers", JudgeHeaderName(name) ?? JudgeHeaderValue(name, value));
        }

        if (headers.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count() < headers.Count)
        {
            errors.Add("headers", "Two headers have the same name; names differ by more than their case.");
        }
    }

    private static string? JudgeHeaderName(string name)
    {
        if (!HeaderRules.IsName(name))
        {
            return $"A header's name has 1 to {Limits.Name} letters, digits and hyphens, as in X-Campaign.";
        }

        return HeaderRules.IsReserved(name) || OurOwn.Contains(name)
            ? $"Header {name} is written by MailMarketing itself and cannot be set."
            : null;
    }

    private static string? JudgeHeaderValue(string name, string? value)
    {
        if (value is null)
        {
            return $"Header {name} has no value; leave it away instead.";
        }

        if (name.Equals(HeaderRules.ReplyTo, StringComparison.OrdinalIgnoreCase))
        {
            return EmailAddress.TryParse(value, out _, out var mistake) ? null : $"Header {name}: {mistake}";
        }

        return TextRules.Line(value, $"Header {name}", Limits.HeaderValue)
            ?? (Encoding.UTF8.GetByteCount(value) > Limits.HeaderValue ? $"Header {name} is longer than {Limits.HeaderValue} bytes." : null);
    }

    // Not trimmed: a space may be part of a secret.
    private static string? JudgeSecret(string? text, string what, int max) =>
        string.IsNullOrEmpty(text) ? $"{what} is required." : TextRules.Line(text, what, max);
}
