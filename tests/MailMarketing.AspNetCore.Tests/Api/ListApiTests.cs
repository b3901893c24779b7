using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>What all lists have in common: limit, cursor, search.</summary>
public sealed class ListApiTests(ApiHost host)
{
    private static readonly string[] Cursors =
        ["x", "a b", "%00", "%F0%9F%98%80", "====", "Y2FiYw", "eDE", "bTk5OTk5OTk5OTk5OTk5OTk5OTk5", new('a', 3000)];
    private static readonly string[] Limits = ["0", "-1", "1001", "ten", "1.5", "1e2", "99999999999", "+5", "5&limit=6", "%20"];
    private static readonly string[] Searches = ["%00", "a%0Ab", new('a', 1001)];

    public static TheoryData<string> Lists => ["/contacts", "/suppressions", "/segments", "/templates", "/campaigns"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_comes_in_pages_in_which_everything_is_once(string list)
    {
        var mine = $"{list}?search={await AddAsync(list, 5)}";
        var all = (await host.GetAsync(mine)).Succeeded();
        Assert.Null(all.NextCursor);
        Assert.Equal(5, all.Items.Count);
        var seen = new List<string>();
        var cursor = "";
        var pages = 0;
        do
        {
            var page = (await host.GetAsync($"{mine}&limit=2{cursor}")).Succeeded();
            seen.AddRange(page.Items.Select(item => item.GetRawText()));
            cursor = page.NextCursor is { } next ? $"&cursor={next}" : null;
            pages++;
        }
        while (cursor is not null);
        Assert.Equal(3, pages);
        Assert.Equal(all.Items.Select(item => item.GetRawText()), seen);
        Assert.Null((await host.GetAsync($"{mine}&limit=5")).Succeeded().NextCursor);
        Assert.Equal(5, (await host.GetAsync($"{mine}&limit=1000&cursor=")).Succeeded().Items.Count);
        Assert.NotEmpty((await host.GetAsync($"{list}?limit=1&search=")).Succeeded().Items);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_search_finds_parts_whatever_their_case_and_takes_signs_for_themselves(string list)
    {
        var word = await AddAsync(list, 3);
        Assert.Equal(3, (await host.GetAsync($"{list}?search={word[1..].ToUpperInvariant()}-")).Succeeded().Items.Count);
        foreach (var nothing in new[] { $"{word}%25", $"{word[..^1]}_", "%25%25%25%25", "%27%20OR%201=1--", "%5C" })
        {
            Assert.Empty((await host.GetAsync($"{list}?search={nothing}")).Succeeded().Items);
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public Task A_bad_limit_cursor_or_search_is_a_400(string list) => RefuseAsync(list);

    [Fact]
    public async Task A_bad_limit_cursor_or_search_of_members_and_deliveries_is_a_400()
    {
        var segment = await host.AddSegmentAsync();
        var campaign = await host.AddCampaignAsync(await host.AddTemplateAsync(), segment);
        await RefuseAsync($"/segments/{segment}/contacts");
        await RefuseAsync($"/campaigns/{campaign}/deliveries");
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_a_400()
    {
        await host.AddSegmentAsync(host.NewEmail(), host.NewEmail());
        var cursor = (await host.GetAsync("/contacts?limit=1")).Succeeded().NextCursor;
        (await host.GetAsync($"/segments?cursor={cursor}")).Refused(HttpStatusCode.BadRequest, "cursor");
    }

    private async Task RefuseAsync(string list)
    {
        foreach (var (field, values) in new[] { ("limit", Limits), ("cursor", Cursors), ("search", Searches) })
        {
            foreach (var value in values)
            {
                (await host.GetAsync($"{list}?{field}={value}")).Refused(HttpStatusCode.BadRequest, field);
            }
        }
    }

    /// <summary>Adds so many items with a word in their names that nothing else has; gives the word.</summary>
    private async Task<string> AddAsync(string list, int count)
    {
        var word = $"{host.NewName("word").Replace(" ", "", StringComparison.Ordinal)}z";
        var template = await host.AddTemplateAsync();
        for (var i = 0; i < count; i++)
        {
            var (name, email) = ($"{word}-{i}", $"{word}-{i}@example.org");
            var added = list switch
            {
                "/contacts" or "/suppressions" => await host.PostAsync(list, $$"""{"email": "{{email}}"}"""),
                "/segments" => await host.PostAsync(list, $$"""{"name": "{{name}}"}"""),
                "/templates" => await host.PostAsync(list, $$"""{"name": "{{name}}", "subject": "Hi", "text": "Hello"}"""),
                _ => await host.PostAsync(list, $$"""{"name": "{{name}}", "templateId": {{template}}}"""),
            };
            added.Succeeded(list == "/suppressions" ? HttpStatusCode.NoContent : HttpStatusCode.Created);
        }

        return word;
    }
}
