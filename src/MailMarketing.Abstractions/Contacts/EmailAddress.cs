using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace MailMarketing;

/// <summary>
/// A mailbox address that passed the product's rule: the WHATWG <c>email</c> input type plus international domain names, with the
/// limits of RFC 5321 (local part 64, domain 253, label 63, whole 254 octets), at least one dot in the domain, no dot at the ends
/// of the local part or two in a row, no address literals, quoted local parts or numeric top-level domains.
/// </summary>
public readonly record struct EmailAddress
{
    private const string LocalPunctuation = "!#$%&'*+/=?^_`{|}~-.";

    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private static readonly SearchValues<char> PlainLocal = SearchValues.Create(LettersAndDigits + LocalPunctuation);
    private static readonly SearchValues<char> PlainDomain = SearchValues.Create(LettersAndDigits + "-.");
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    private EmailAddress(string value, string key) => (Value, Key) = (value, key);

    /// <summary>The address to send to: the local part as given, the domain in A-label form where it is international.</summary>
    public string Value { get; }

    /// <summary>What makes two addresses the same contact: everything in lower case, the domain in A-label form.</summary>
    public string Key { get; }

    /// <summary>
    /// Whether a part of the domain mixes Latin letters with Greek or Cyrillic ones, many of which look the same: such a name may
    /// pretend to be another (Unicode Technical Standard 39). It is valid all the same.
    /// </summary>
    public bool HasMixedScripts => Value is not null && Value.Contains("xn--", StringComparison.OrdinalIgnoreCase)
        && Idn.GetUnicode(Value[(Value.IndexOf('@', StringComparison.Ordinal) + 1)..]).Split('.').Any(IsMixed);

    /// <summary>The address, or an <see cref="ArgumentException"/> that says what is wrong with it.</summary>
    public static EmailAddress Parse(string input) =>
        TryParse(input, out var address, out var mistake) ? address : throw new ArgumentException(mistake, nameof(input));

    /// <summary>Judges an address. Spaces and no-break spaces around it are dropped first.</summary>
    /// <param name="input">What a person typed.</param>
    /// <param name="address">The address where it is valid.</param>
    /// <param name="mistake">Where it is not, what is wrong, as a sentence.</param>
    public static bool TryParse(string? input, out EmailAddress address, [NotNullWhen(false)] out string? mistake)
    {
        // Nearly all are plain: they are judged in one pass, and are their own key where they have no capitals
        if (IsPlain(input))
        {
            (address, mistake) = (new EmailAddress(input!, input!.ToLowerInvariant()), null);
            return true;
        }

        address = default;
        var text = (input ?? "").Trim(' ', '\u00A0');
        mistake = Judge(text, out var local, out var domain);
        if (mistake is not null)
        {
            return false;
        }

        address = new EmailAddress($"{local}@{domain}", $"{local}@{domain}".ToLowerInvariant());
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Value ?? "";

    private static bool IsMixed(string label) =>
        label.Any(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '\u00C0' and <= '\u024F'))
        && label.Any(c => c is >= '\u0370' and <= '\u052F');

    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        if (at is < 1 or > 64 || text.Length > 254)
        {
            return false;
        }

        var local = text[..at];
        var domain = text[(at + 1)..];
        if (local[0] == '.' || local[^1] == '.' || local.ContainsAnyExcept(PlainLocal) || local.Contains("..", StringComparison.Ordinal)
            || domain.Length > 253 || domain.ContainsAnyExcept(PlainDomain))
        {
            return false;
        }

        var (labels, isNumber) = (0, false);
        foreach (var part in domain.Split('.'))
        {
            var label = domain[part];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            (labels, isNumber) = (labels + 1, !label.ContainsAnyExceptInRange('0', '9'));
        }

        return labels > 1 && !isNumber;
    }

    private static string? Judge(string text, out string local, out string domain)
    {
        (local, domain) = ("", "");
        if (text.Length == 0)
        {
            return "An email address is required.";
        }

        if (text.Length > 1000)
        {
            return "The address is longer than 254 characters.";
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
            {
                return "The address contains a character that cannot be seen; type it again.";
            }
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || at != text.LastIndexOf('@'))
        {
            return "The address must have exactly one @, as in name@example.org.";
        }

        local = text[..at];
        if (JudgeLocal(local) is { } mistake)
        {
            return mistake;
        }

        return JudgeDomain(text[(at + 1)..], out domain)
            ?? (local.Length + 1 + domain.Length > 254 ? "The address is longer than 254 characters." : null);
    }

    private static string? JudgeLocal(string local)
    {
        if (local.Length == 0)
        {
            return "The part before the @ is missing.";
        }

        if (local.Length > 64)
        {
            return "The part before the @ is longer than 64 characters.";
        }

        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return "The part before the @ must not begin or end with a dot or have two in a row.";
        }

        foreach (var character in local)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !LocalPunctuation.Contains(character, StringComparison.Ordinal))
            {
                return $"The part before the @ must not contain '{character}'.";
            }
        }

        return null;
    }

    private static string? JudgeDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Ascii.IsValid(text) ? text : Idn.GetAscii(text.Normalize(NormalizationForm.FormC)).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "The part after the @ is not a domain name.";
        }

        var labels = domain.Split('.');
        if (labels.Length < 2)
        {
            return "The part after the @ must be a whole domain name, as in example.org.";
        }

        if (domain.Length > 253)
        {
            return "The domain name is longer than 253 characters.";
        }

        foreach (var label in labels)
        {
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-' || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                return "The part after the @ is not a domain name: each part between dots has 1 to 63 letters, digits or inner hyphens.";
            }
        }

        return labels[^1].All(char.IsAsciiDigit) ? "The address must name a domain, not a number." : null;
    }
}
