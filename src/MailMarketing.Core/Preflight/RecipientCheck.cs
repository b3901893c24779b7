using System.Globalization;
using System.Text;
using MailMarketing.Engine;

namespace MailMarketing;

/// <summary>Looks at the email of each recipient as it is made, and keeps numbers and a few examples only.</summary>
internal sealed class RecipientCheck
{
    // Gmail shows no more of a message, and hides the unsubscribe link at its end with the rest
    private const int ShownByGmail = 102 * 1024;

    // What RFC 5322 (2.1.1) recommends for a line, and what templates may have
    private const int LongSubject = 78;
    private const int Examples = 3;

    // Whose emails are read as a whole: the first one in each language
    private const int MostSamples = 10;

    private readonly Dictionary<string, RenderedEmail> _samples = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _failures = [];
    private long _sent;
    private long _withheld;
    private long _failed;
    private long _withoutSubject;
    private long _longSubjects;
    private long _tooLongSubjects;
    private int _longestSubject;
    private long _withoutText;
    private long _clipped;
    private int _largest;
    private long _withoutAddress;
    private long _htmlWithoutLink;
    private long _textWithoutLink;

    /// <summary>The emails whose content is worth a look.</summary>
    public IReadOnlyCollection<RenderedEmail> Samples => _samples.Values;

    public void Add(AudienceMember member, PreparedMessage? prepared)
    {
        if (prepared is null)
        {
            _withheld++;
        }
        else if (prepared.Value.Message is not { } message)
        {
            _failed++;
            if (_failures.Count < Examples)
            {
                _failures.Add($"{member.Contact.Email}: {prepared.Value.Error}");
            }
        }
        else
        {
            Add(message.Content, prepared.Value.Job.Fields);
        }
    }

    public IEnumerable<PreflightItem> Items()
    {
        yield return Recipients();
        if (_sent + _failed > 0)
        {
            yield return Names();
        }

        if (_sent > 0)
        {
            yield return Subject();
            yield return Text();
            yield return Unsubscribe();
            yield return Size();
        }
    }

    private void Add(RenderedEmail email, IReadOnlyDictionary<string, object?> fields)
    {
        _sent++;
        var subject = email.Subject.EnumerateRunes().Count();
        _withoutSubject += string.IsNullOrWhiteSpace(email.Subject) ? 1 : 0;
        _longSubjects += subject > LongSubject ? 1 : 0;
        _tooLongSubjects += subject > Limits.Subject ? 1 : 0;
        _longestSubject = Math.Max(_longestSubject, subject);
        _withoutText += string.IsNullOrWhiteSpace(email.Text) ? 1 : 0;
        var size = email.Html is null ? 0 : Encoding.UTF8.GetByteCount(email.Html);
        _clipped += size > ShownByGmail ? 1 : 0;
        _largest = Math.Max(_largest, size);
        if (fields.GetValueOrDefault("unsubscribe_url") is string { Length: > 0 } url)
        {
            _htmlWithoutLink += Lacks(email.Html, url);
            _textWithoutLink += Lacks(email.Text, url);
        }
        else
        {
            _withoutAddress++;
        }

        if (_samples.Count < MostSamples)
        {
            var attributes = fields.GetValueOrDefault("attributes") as IReadOnlyDictionary<string, object?>;
            _samples.TryAdd(attributes?.GetValueOrDefault("language") as string ?? "", email);
        }
    }

    private static int Lacks(string? part, string url) => part?.Contains(url, StringComparison.Ordinal) == false ? 1 : 0;

    private PreflightItem Recipients() => (_sent + _failed, _withheld) switch
    {
        (0, 0) => PreflightItem.Error("recipients", "It reaches nobody", null, "Choose segments that somebody is in."),
        (0, var none) => PreflightItem.Error(
            "recipients", "Everybody is withheld", $"{Count(none)} unsubscribed or suppressed.", "Choose segments with people who want mail."),
        (var all, 0) => PreflightItem.Ok("recipients", $"It reaches {Count(all)}"),
        var (all, some) => PreflightItem.Ok("recipients", $"It reaches {Count(all)}", $"{Count(some)} unsubscribed or suppressed get nothing."),
    };

    private PreflightItem Names()
    {
        const string Remedy = "Give what may be missing a default, as in {{ first_name ?? 'reader' }}, or mend these contacts.";
        var examples = string.Join(' ', _failures);
        return (_failed, _sent) switch
        {
            (0, _) => PreflightItem.Ok("names", "Every name in the template has a value for everybody"),
            (_, 0) => PreflightItem.Error("names", "The email can be made for nobody", examples, Remedy),
            _ => PreflightItem.Warning("names", $"{Count(_failed)} would get no email", $"It cannot be made for them. {examples}", Remedy),
        };
    }

    private PreflightItem Subject()
    {
        var longest = string.Create(CultureInfo.InvariantCulture, $"The longest has {_longestSubject} characters.");
        return this switch
        {
            { _withoutSubject: > 0 } => PreflightItem.Error(
                "subject", $"The subject is empty for {Count(_withoutSubject)}", null, "Give the subject a text that is there for everybody."),
            { _tooLongSubjects: > 0 } => PreflightItem.Error(
                "subject", $"The subject is longer than {Limits.Subject} characters for {Count(_tooLongSubjects)}", longest, "Shorten it."),
            { _longSubjects: > 0 } => PreflightItem.Warning(
                "subject", $"The subject is longer than {LongSubject} characters for {Count(_longSubjects)}", longest,
                "Shorten it: most mail programs show no more than 40 to 70."),
            _ => PreflightItem.Ok("subject", "The subject has a good length", longest),
        };
    }

    private PreflightItem Text() => _withoutText == 0
        ? PreflightItem.Ok("text", "There is a text part")
        : PreflightItem.Warning(
            "text", "There is no text part", $"It is missing for {Count(_withoutText)}; filters distrust HTML that stands alone.",
            "Write the text part of the template too.");

    private PreflightItem Unsubscribe()
    {
        const string Remedy = "Put {{ unsubscribe_url }} into each part of the template, or into its layout.";
        return this switch
        {
            { _withoutAddress: > 0 } => PreflightItem.Warning(
                "unsubscribe", "There is no unsubscribe link", "PublicUrl is not set, so that links lead nowhere.",
                "Set MailMarketingOptions.PublicUrl to where recipients reach this app."),
            { _htmlWithoutLink: 0, _textWithoutLink: 0 } => PreflightItem.Ok("unsubscribe", "Each part has an unsubscribe link"),
            { _textWithoutLink: 0 } => PreflightItem.Warning(
                "unsubscribe", "The HTML part has no unsubscribe link", $"It is missing for {Count(_htmlWithoutLink)}.", Remedy),
            { _htmlWithoutLink: 0 } => PreflightItem.Warning(
                "unsubscribe", "The text part has no unsubscribe link", $"It is missing for {Count(_textWithoutLink)}.", Remedy),
            _ => PreflightItem.Warning("unsubscribe", "There is no unsubscribe link", "It is missing in both parts.", Remedy),
        };
    }

    private PreflightItem Size()
    {
        var largest = string.Create(CultureInfo.InvariantCulture, $"The largest HTML part has {(_largest + 1023) / 1024} KiB.");
        return _clipped == 0
            ? PreflightItem.Ok("size", "Gmail shows all of it", largest)
            : PreflightItem.Warning(
                "size", $"Gmail cuts it off for {Count(_clipped)}", $"{largest} Gmail shows {ShownByGmail / 1024} KiB.",
                "Shorten the email, or its styles.");
    }

    private static string Count(long people) =>
        people == 1 ? "1 person" : string.Create(CultureInfo.InvariantCulture, $"{people:N0} people");
}
