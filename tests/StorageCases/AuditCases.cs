using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.StorageCases;

/// <summary>What a marketing side's storage must do with the audit log.</summary>
public abstract class AuditCases(StoreFixture store) : IDisposable
{
    private readonly IAuditStore _audit = store.Services.GetRequiredService<IAuditStore>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_come_back_whole_and_the_newest_first_where_asked()
    {
        var first = new AuditEntry { At = store.Clock.GetUtcNow(), Actor = "ada@example.org", Action = "template.change" };
        var second = first with { Address = "192.0.2.1", Subject = "campaign 7", Before = "{\"a\":1}", After = "{\"a\":2}", Action = "campaign.start" };
        await _audit.AppendAsync(first, Stop);
        await _audit.AppendAsync(second, Stop);

        var newest = await _audit.ListAsync(new PageRequest { Limit = 1, NewestFirst = true }, Stop);
        var entry = Assert.Single(newest.Items);
        Assert.Equal(second with { Id = entry.Id }, entry);
        var rest = await _audit.ListAsync(new PageRequest { Limit = 1, NewestFirst = true, Cursor = newest.NextCursor }, Stop);
        Assert.Equal(first with { Id = rest.Items[0].Id }, Assert.Single(rest.Items));
        Assert.Null(rest.NextCursor);
    }

    [Theory]
    [InlineData("ADA@", 2)]
    [InlineData("campaign.", 1)]
    [InlineData("(may", 1)]
    [InlineData("%", 0)]
    public async Task Actor_action_and_subject_are_searched(string search, int found)
    {
        var entry = new AuditEntry { At = store.Clock.GetUtcNow(), Actor = "Ada@example.org", Action = "template.change" };
        await _audit.AppendAsync(entry, Stop);
        await _audit.AppendAsync(entry with { Action = "campaign.start", Subject = "campaign 7 (May news)" }, Stop);
        Assert.Equal(found, (await _audit.ListAsync(new PageRequest { Search = search }, Stop)).Items.Count);
    }

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }
}
