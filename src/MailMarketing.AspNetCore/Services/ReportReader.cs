using System.Globalization;
using System.Text.Json.Nodes;

namespace MailMarketing.AspNetCore;

/// <summary>Reads the body of <c>POST /api/v1/job</c>: each entry on its own, so that a bad one spoils nothing for the others.</summary>
internal sealed class ReportReader(TimeProvider time)
{
    private const int MaxError = 500;

    private static readonly HashSet<string> Members = [.. ReportLists.ByName.Keys, "queue"];

    private readonly List<DeliveryEvent> _events = [];
    private readonly List<RejectedReport> _rejected = [];

    public IReadOnlyList<DeliveryEvent> Events => _events;

    public IReadOnlyList<RejectedReport> Rejected => _rejected;

    public void Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = WireBody.Parse(bytes);
        var body = new WireValue("", document.RootElement);
        body.OnlyMembers(Members);
        _ = body.Optional("queue")?.Line(255);
        foreach (var (name, state) in ReportLists.ByName)
        {
            foreach (var entry in body.Optional(name)?.Items() ?? [])
            {
                Read(entry, state);
            }
        }
    }

    /// <summary>Adds the ids that the store knows no delivery of.</summary>
    public void Reject(IEnumerable<JobId> unknown) =>
        _rejected.AddRange(unknown.Select(id => new RejectedReport(Node(id), null, "There is no delivery with this id.")));

    private void Read(WireValue entry, DeliveryState state)
    {
        JsonNode? id = null;
        try
        {
            var job = entry.Required("id").JobId();
            id = Node(job);
            _events.Add(new DeliveryEvent
            {
                JobId = job,
                Status = new(
                    (int)(entry.Optional("round")?.Whole() ?? 0), state, (int)(entry.Optional("attempts")?.Whole() ?? 0)),
                MessageId = entry.Optional("message_id") is { } message ? MessageId(message) : null,
                Error = entry.Optional("error")?.Text() is { Length: > 0 } error ? Cut(error) : null,
                At = entry.Optional("at")?.Instant() ?? time.GetUtcNow(),
            });
        }
        catch (WireException mistake)
        {
            _rejected.Add(new RejectedReport(id, entry.Place, mistake.Message));
        }
    }

    /// <summary>An id that cannot be kept is left out: what became of the message is true all the same.</summary>
    private static string? MessageId(WireValue value) =>
        value.Text() is { Length: > 0 and <= 998 } text && !text.Any(char.IsControl) ? text : null;

    private static string Cut(string error) =>
        error.Length <= MaxError ? error : error[..(char.IsHighSurrogate(error[MaxError - 1]) ? MaxError - 1 : MaxError)];

    private static JsonValue Node(JobId id) =>
        id.IsNumber ? JsonValue.Create(long.Parse(id.Text, CultureInfo.InvariantCulture)) : JsonValue.Create(id.Text);
}
