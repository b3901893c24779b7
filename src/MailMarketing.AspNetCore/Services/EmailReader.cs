using System.Text;

namespace MailMarketing.AspNetCore;

/// <summary>Reads the body of <c>POST /api/v1/email</c>. Where it has no From or no headers, this service's own are put in.</summary>
internal sealed class EmailReader(
    IEnumerable<ITemplateRenderer> renderers, IEnumerable<Lane> lanes, SenderSettings own, TimeProvider time)
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "jobs", "template", "subject", "html", "template_language", "campaign_id", "revision", "lane", "queue", "policy", "from", "headers",
        "frozen_at", "attachments",
    };

    public JobBatch Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = WireBody.Parse(bytes);
        var body = new WireValue("", document.RootElement);
        body.OnlyMembers(Members);

        var jobs = JobReader.Read(body.Required("jobs"));
        var source = ReadSource(body);
        Check(source, jobs);
        return new JobBatch
        {
            CampaignId = body.Optional("campaign_id") is { } campaign ? campaign.JobId().Text : null,
            Revision = body.Optional("revision")?.Whole(long.MaxValue) ?? 0,
            Lane = body.Optional("lane") is { } lane ? ReadLane(lane) : null,
            Queue = body.Optional("queue")?.Line(Limits.Name),
            Policy = body.Optional("policy") is { } policy ? ReadPolicy(policy) : SendPolicy.AtMostOnce,
            Content = new FrozenContent
            {
                Source = source,
                From = body.Optional("from") is { } from ? ReadMailbox(from) : own.From,
                Headers = body.Optional("headers") is { } headers ? WireHeaders.Read(headers) : own.Headers,
                Attachments = body.Optional("attachments") is { } files ? WireAttachments.Read(files) : [],
                FrozenAt = body.Optional("frozen_at")?.Instant() ?? time.GetUtcNow(),
            },
            Jobs = jobs,
        };
    }

    private static TemplateSource ReadSource(WireValue body)
    {
        var subject = body.Required("subject");
        var line = subject.Line(int.MaxValue);
        var language = body.Optional("template_language")?.Line(64) ?? "braces";

        // In other languages the source says more than a rendered subject may have, such as one subject for each language of recipients
        var longest = language == "braces" ? Limits.Subject : Limits.TemplateSource / 4;
        if (string.IsNullOrWhiteSpace(line) || line.EnumerateRunes().Count() > longest)
        {
            throw subject.Mistake($"A subject must have 1 to {longest} characters.");
        }

        // The original knows only "template"; a mail that has HTML gets its text from that
        var html = body.Optional("html") is { } part ? ReadPart(part) : null;
        var text = html is null ? ReadPart(body.Required("template")) : body.Optional("template") is { } own ? ReadPart(own) : null;
        return new TemplateSource
        {
            Subject = line,
            Html = html,
            Text = text,
            Language = language,
        };
    }

    private static string ReadPart(WireValue value)
    {
        var text = value.Text();
        return Encoding.UTF8.GetByteCount(text) <= Limits.TemplateSource
            ? text
            : throw value.Mistake($"A part of a template may have {Limits.TemplateSource} bytes.");
    }

    private void Check(TemplateSource source, IReadOnlyList<HandedJob> jobs)
    {
        var renderer = renderers.FirstOrDefault(one => one.Language == source.Language)
            ?? throw new WireException(
                "template_language",
                $"This language is not known here; known are {string.Join(", ", renderers.Select(one => one.Language))}.");

        // Only what every job has may be used: a field that one job lacks would fail that job when it is sent
        var fields = new HashSet<string>(jobs[0].Fields.Keys, StringComparer.Ordinal);
        foreach (var job in jobs)
        {
            fields.RemoveWhere(name => !job.Fields.ContainsKey(name));
        }

        if (renderer.Check(source, fields) is [var mistake, ..])
        {
            throw new WireException(
                mistake.Part == "text" ? "template" : mistake.Part,
                $"Line {mistake.Line}, column {mistake.Column}: {mistake.Message} (Only fields that every job has can be used.)");
        }
    }

    private string ReadLane(WireValue value)
    {
        var name = value.Line(Limits.Name);
        return lanes.Any(lane => lane.Name == name)
            ? name
            : throw value.Mistake($"There is no such lane here; known are {string.Join(", ", lanes.Select(lane => lane.Name))}.");
    }

    private static SendPolicy ReadPolicy(WireValue value) => value.Line(64) switch
    {
        "at_most_once" => SendPolicy.AtMostOnce,
        "at_least_once" => SendPolicy.AtLeastOnce,
        _ => throw value.Mistake("This must be at_most_once or at_least_once."),
    };

    private static Mailbox ReadMailbox(WireValue value)
    {
        var email = value.Required("email");
        return EmailAddress.TryParse(email.Line(1000), out var address, out var mistake)
            ? new Mailbox(value.Optional("name")?.Line(Limits.Name), address.Value)
            : throw email.Mistake(mistake);
    }
}
