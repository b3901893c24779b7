using System.Runtime.CompilerServices;
using MailMarketing.Engine;

namespace MailMarketing;

/// <summary>Decides on every recipient of a draft and renders what would be sent, and sends nothing.</summary>
internal sealed class DryRunner(ICampaignStore campaigns, ISegmentStore segments, SliceRenderer renderer, RecipientLinks links)
{
    // Only the start gives a delivery its number, and so its key: these stand in for it, the same for everybody.
    private const long Delivery = 1;
    private const string Key = "dry-run";

    // As many bodies as are in memory at once
    private const int Part = 128;

    public async Task<DryRun> RunAsync(
        CampaignDraft draft, FrozenContent content, IAsyncEnumerable<ContactData?>? people, DateTimeOffset? at, Stream output,
        CancellationToken cancellationToken)
    {
        using var lines = new DryRunWriter(output);
        await foreach (var part in ReadAsync(draft, content, people, cancellationToken))
        {
            foreach (var (member, prepared) in part)
            {
                lines.Add(member, prepared);
            }

            await lines.FlushAsync(cancellationToken);
        }

        return await lines.EndAsync(at, cancellationToken);
    }

    /// <summary>Every recipient with the message, or why there is none; null where nothing would be sent. A part at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<(AudienceMember Member, PreparedMessage? Prepared)>> ReadAsync(
        CampaignDraft draft, FrozenContent content, IAsyncEnumerable<ContactData?>? source,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var audience = campaigns.ReadAudienceAsync(draft, source, cancellationToken);
        await foreach (var part in audience.Chunk(Part).WithCancellation(cancellationToken))
        {
            var people = part.Where(member => member.Withheld is null).Select(member => member.Contact).ToList();
            var names = content.ReadsSegments
                ? await segments.ListNamesAsync([.. people.Select(contact => contact.Id)], cancellationToken)
                : null;
            var jobs = people.ConvertAll(contact => JobOf(contact, names?.GetValueOrDefault(contact.Id, []), content));
            var messages = new Queue<PreparedMessage>(renderer.Render(jobs));
            yield return [.. part.Select(member => (member, member.Withheld is null ? messages.Dequeue() : (PreparedMessage?)null))];
        }
    }

    private SendJob JobOf(Contact contact, IReadOnlyList<string>? names, FrozenContent content) => links.AddTo(new SendJob
    {
        QueueId = Delivery,
        JobId = JobId.Of(Delivery),
        Content = content,
        Fields = RecipientFields.Of(contact, names, Delivery),
        IdempotencyKey = Key,
        Status = new DeliveryStatus(1, DeliveryState.Pending, 0),
    });
}
