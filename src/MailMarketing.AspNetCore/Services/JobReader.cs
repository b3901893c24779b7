using System.Text.Json;

namespace MailMarketing.AspNetCore;

/// <summary>Reads the jobs of <c>POST /api/v1/email</c>: a few members of the protocol, every other one a field of the template.</summary>
internal static class JobReader
{
    private static readonly HashSet<string> ProtocolMembers = new(StringComparer.Ordinal)
    {
        "round", "attempts", "repeated", "maybe_sent", "idempotency_key", "not_after",
    };

    public static IReadOnlyList<HandedJob> Read(WireValue list)
    {
        var jobs = new List<HandedJob>(list.Json.ValueKind == JsonValueKind.Array ? list.Json.GetArrayLength() : 0);
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in list.Items())
        {
            var job = ReadJob(item);

            // By text: 7 and "7" would end as the same job in a store
            if (!known.TryAdd(job.JobId.Text, item.Place))
            {
                throw item.Required("id").Mistake($"{known[job.JobId.Text]} has this id already: an id may be in a batch once.");
            }

            jobs.Add(job);
        }

        return jobs.Count > 0 ? jobs : throw list.Mistake("There must be at least one job.");
    }

    private static HandedJob ReadJob(WireValue job)
    {
        var id = job.Required("id").JobId();
        var email = job.Required("email");
        if (!EmailAddress.TryParse(email.Line(1000), out var address, out var mistake))
        {
            throw email.Mistake(mistake);
        }

        _ = job.Optional("name")?.Line(Limits.Name);
        var fields = job.Members()
            .Where(member => !ProtocolMembers.Contains(member.Name))
            .ToDictionary(member => member.Name, member => member.Value.Field(), StringComparer.Ordinal);
        fields["email"] = address.Value;

        return new HandedJob
        {
            JobId = id,
            Round = (int)(job.Optional("round")?.Whole() ?? 0),
            Attempts = (int)(job.Optional("attempts")?.Whole() ?? 0),
            Repeated = job.Optional("repeated")?.Flag() ?? false,
            MaybeSent = job.Optional("maybe_sent")?.Flag() ?? false,
            IdempotencyKey = job.Optional("idempotency_key") is { } key ? ReadKey(key) : null,
            NotAfter = job.Optional("not_after")?.Instant(),
            Fields = fields,
        };
    }

    private static string ReadKey(WireValue value)
    {
        var key = value.Line(64);
        return key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')
            ? key
            : throw value.Mistake("A key must be 1 to 64 characters of URL-safe text.");
    }
}
