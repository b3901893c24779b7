using Microsoft.Extensions.DependencyInjection;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>What a marketing side's storage must do with files that emails carry.</summary>
public abstract class AttachmentCases(StoreFixture store) : IDisposable
{
    private readonly IAttachmentStore _files = store.Services.GetRequiredService<IAttachmentStore>();

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_file_comes_back_as_it_was()
    {
        var file = FileOf("a");
        await _files.AddAsync(file.Hash, file.Content, Stop);
        await _files.AddAsync(file.Hash, file.Content, Stop);

        Assert.Equal(file.Content.ToArray(), await _files.ReadAsync(file.Hash, Stop));
        Assert.Equal(file.Content.ToArray(), await store.Services.GetRequiredService<IAttachmentReader>().ReadAsync(file.Hash, Stop));
        Assert.Equal(file.Size, await _files.FindSizeAsync(file.Hash, Stop));
        Assert.Null(await _files.ReadAsync(FileOf("b").Hash, Stop));
        Assert.Null(await _files.FindSizeAsync("%", Stop));
    }

    [Fact]
    public async Task What_nothing_names_a_day_later_is_forgotten_and_all_else_is_kept()
    {
        var (none, draft, frozen, old) = (FileOf("none"), FileOf("draft"), FileOf("frozen"), FileOf("old"));
        foreach (var file in new[] { none, draft, frozen, old })
        {
            await _files.AddAsync(file.Hash, file.Content, Stop);
        }

        var source = new TemplateSource { Subject = "s", Text = "t", Attachments = [old] };
        var template = (await store.Templates.AddAsync("Letter", source, Stop)).OrThrow();
        Assert.Equal(old with { Content = default }, Assert.Single(template.Source.Attachments!));
        (await store.Templates.UpdateAsync(template.Id, "Letter", source with { Attachments = null }, Stop)).OrThrow();
        var campaign = await store.DraftAsync(await store.SeedSegmentAsync(1));
        (await store.Campaigns.StartAsync(campaign.Id, Content with { Attachments = [frozen] }, null, Stop)).OrThrow();
        var next = await store.DraftAsync(await store.SeedSegmentAsync(1, "Others"), "Next");
        (await store.Campaigns.UpdateAsync(next.Id, next.Draft with { Attachments = [draft] }, Stop)).OrThrow();

        store.Clock.Advance(TimeSpan.FromHours(23));
        await _files.AddAsync(FileOf("x").Hash, FileOf("x").Content, Stop);
        Assert.NotNull(await _files.FindSizeAsync(none.Hash, Stop));
        store.Clock.Advance(TimeSpan.FromHours(2));
        await _files.AddAsync(FileOf("y").Hash, FileOf("y").Content, Stop);

        Assert.Null(await _files.FindSizeAsync(none.Hash, Stop));
        foreach (var file in new[] { draft, frozen, old, FileOf("x") })
        {
            Assert.NotNull(await _files.FindSizeAsync(file.Hash, Stop));
        }
    }

    [Fact]
    public async Task A_running_campaign_names_the_files_that_it_began_with()
    {
        var file = FileOf("frozen");
        var campaign = await store.DraftAsync(await store.SeedSegmentAsync(2));
        (await store.Campaigns.StartAsync(campaign.Id, Content with { Attachments = [file] }, null, Stop)).OrThrow();

        var block = (await store.ClaimAsync())!;

        Assert.All(block.Jobs, job => Assert.Equal(file with { Content = default }, Assert.Single(job.Content.Attachments)));
        Assert.Single(block.Jobs.Select(job => job.Content).Distinct(ReferenceEqualityComparer.Instance));
    }

    private static Attachment FileOf(string content) => Attachment.Of("a.txt", "text/plain", System.Text.Encoding.UTF8.GetBytes(content));
}
