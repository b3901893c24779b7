using System.Text;

namespace MailMarketing.Core.Tests.Planning;

/// <summary>Dry runs on real storage.</summary>
public sealed class DryRunTests : IAsyncDisposable
{
    private readonly SqliteClient _sqlite = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anything_that_changes_a_message_changes_the_manifest_and_nothing_else_does()
    {
        await _sqlite.ReadyAsync(Stop);
        var (campaign, people) = await _sqlite.DraftAsync(3, Stop);
        var first = await RunAsync(campaign.Id);
        _sqlite.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(first, await RunAsync(campaign.Id));
        var seen = new HashSet<string> { first.Manifest };

        await _sqlite.Client.Contacts.UpdateAsync(people[0].Id, new() { Email = people[0].Email, Name = "Ada" }, Stop);
        Assert.True(seen.Add((await RunAsync(campaign.Id)).Manifest));
        await _sqlite.Client.Settings.UpdateAsync(new() { From = new("Other", "news@example.org") }, Stop);
        Assert.True(seen.Add((await RunAsync(campaign.Id)).Manifest));
        await _sqlite.Client.Settings.UpdateAsync(new() { Headers = new Dictionary<string, string> { ["X-A"] = "1" } }, Stop);
        Assert.True(seen.Add((await RunAsync(campaign.Id)).Manifest));
        await _sqlite.Client.Campaigns.UpdateAsync(campaign.Id, campaign.Draft with { Subject = "Another" }, Stop);
        Assert.True(seen.Add((await RunAsync(campaign.Id)).Manifest));
        await _sqlite.Client.Contacts.UnsubscribeAsync(people[1].Id, Stop);
        var last = await RunAsync(campaign.Id);
        Assert.True(seen.Add(last.Manifest));
        Assert.Equal((3, 2, 1, 0), (last.Total, last.Send, last.Suppressed, last.Errors));
        Assert.Equal(last, (await _sqlite.Client.Campaigns.GetAsync(campaign.Id, Stop))!.DryRun);
    }

    [Fact]
    public async Task Many_recipients_come_line_by_line_in_the_order_of_their_contacts()
    {
        await _sqlite.ReadyAsync(Stop);
        var (campaign, _) = await _sqlite.DraftAsync(1, Stop);
        var csv = string.Concat(Enumerable.Range(0, 3000).Select(n => $"many{n}@example.org\n"));
        await _sqlite.Client.Contacts.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes("email\n" + csv)), campaign.Draft.SegmentIds[0], Stop);
        var output = new CountingStream();

        var run = (await _sqlite.Client.Campaigns.DryRunAsync(campaign.Id, null, output, Stop)).OrThrow();

        Assert.Equal(3001, run.Total);
        Assert.True(output.Largest < 64 * 1024, $"One write had {output.Largest} bytes.");
        var ids = output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SkipLast(1)
            .Select(line => System.Text.Json.JsonElement.Parse(line).GetProperty("contactId").GetInt64()).ToList();
        Assert.Equal(3001, ids.Count);
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task Nothing_is_written_where_it_could_not_start()
    {
        var (campaign, _) = await _sqlite.DraftAsync(1, Stop);
        using var output = new MemoryStream();

        Assert.Equal(ProblemKind.Conflict, (await _sqlite.Client.Campaigns.DryRunAsync(campaign.Id, null, output, Stop)).Problem!.Kind);
        Assert.Equal(ProblemKind.NotFound, (await _sqlite.Client.Campaigns.DryRunAsync(999, null, output, Stop)).Problem!.Kind);
        Assert.Equal(0, output.Length);
    }

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    private async Task<DryRun> RunAsync(long campaign) =>
        (await _sqlite.Client.Campaigns.DryRunAsync(campaign, null, Stream.Null, Stop)).OrThrow();

    /// <summary>Keeps what is written, and how much came at once.</summary>
    private sealed class CountingStream : MemoryStream
    {
        public int Largest { get; private set; }

        public string Text => Encoding.UTF8.GetString(ToArray());

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Largest = Math.Max(Largest, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
