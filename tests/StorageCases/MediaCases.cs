using Microsoft.Extensions.DependencyInjection;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

/// <summary>What a marketing side's storage must do with images.</summary>
public abstract class MediaCases(StoreFixture store) : IDisposable
{
    private readonly IMediaStore _media = store.Services.GetRequiredService<IMediaStore>();

    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_image_comes_back_as_it_was_and_is_kept_once()
    {
        var content = Pictures.Png();
        var file = await _media.AddAsync(FileOf("a'; DROP TABLE media; --"), content, Stop);
        var again = await _media.AddAsync(FileOf("b"), content, Stop);

        Assert.Equal(FileOf("a'; DROP TABLE media; --") with { Id = file.Id, CreatedAt = store.Clock.GetUtcNow() }, file);
        Assert.Equal(file, again);
        Assert.Equal(file, await _media.GetAsync(file.Id, Stop));
        var found = (await _media.OpenAsync(file.FileName, Stop))!;
        Assert.Equal("image/png", found.ContentType);
        Assert.Equal(content, found.Bytes);
        Assert.Null(await _media.OpenAsync("none.png", Stop));
        Assert.Null(await _media.OpenAsync("%", Stop));
        Assert.Null(await _media.GetAsync(file.Id + 1, Stop));
    }

    [Fact]
    public async Task Images_are_listed_in_pages_and_by_name()
    {
        for (var i = 0; i < 3; i++)
        {
            await _media.AddAsync(FileOf($"Logo 100% {i}", i), Pictures.Png(tail: (byte)i), Stop);
        }

        var first = await _media.ListAsync(new PageRequest { Limit = 2, NewestFirst = true }, Stop);
        Assert.Equal(["Logo 100% 2", "Logo 100% 1"], first.Items.Select(file => file.Name));
        var rest = await _media.ListAsync(new PageRequest { Limit = 2, NewestFirst = true, Cursor = first.NextCursor }, Stop);
        Assert.Equal(["Logo 100% 0"], rest.Items.Select(file => file.Name));
        Assert.Null(rest.NextCursor);
        Assert.Single((await _media.ListAsync(new PageRequest { Search = "logo 100% 1" }, Stop)).Items);
        Assert.Empty((await _media.ListAsync(new PageRequest { Search = "100_" }, Stop)).Items);
    }

    [Fact]
    public async Task One_that_is_shown_is_not_deleted_and_who_shows_it_is_told()
    {
        var file = await _media.AddAsync(FileOf("logo"), Pictures.Png(), Stop);
        var source = new TemplateSource { Subject = "s", Html = $"<img src=\"/m/media/{file.FileName}\">" };
        var template = (await store.Templates.AddAsync("Letter", source, Stop)).OrThrow();
        Assert.Contains("template Letter", (await ConflictAsync(file)).Detail, StringComparison.Ordinal);

        var draft = await store.DraftAsync(await store.SeedSegmentAsync(1), "May");
        (await store.Campaigns.StartAsync(draft.Id, Content with { Source = source }, null, Stop)).OrThrow();
        Assert.True(await store.Templates.DeleteAsync(template.Id, Stop));
        Assert.Contains("campaign May", (await ConflictAsync(file)).Detail, StringComparison.Ordinal);

        (await store.Campaigns.MoveAsync(draft.Id, [CampaignState.Running], CampaignState.Cancelled, Stop)).OrThrow();
        Assert.Equal(file, (await _media.DeleteAsync(file.Id, Stop)).OrThrow());
        Assert.Null(await _media.OpenAsync(file.FileName, Stop));
        Assert.Equal(ProblemKind.NotFound, (await _media.DeleteAsync(file.Id, Stop)).Problem!.Kind);
    }

    private async Task<Problem> ConflictAsync(MediaFile file)
    {
        var problem = (await _media.DeleteAsync(file.Id, Stop)).Problem!;
        Assert.Equal(ProblemKind.Conflict, problem.Kind);
        return problem;
    }

    private static MediaFile FileOf(string name, int number = 0) => new()
    {
        Name = name, FileName = $"{number:x64}.png", ContentType = "image/png", Size = Pictures.Png().Length, Width = 3, Height = 2,
    };
}
