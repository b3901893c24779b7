using System.Net;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>What all lists have in common: limit, cursor, search.</summary>
public sealed class ListApiTests(ApiHost host)
{
    private static readonly string[] Cursors = ["x", "a b", "%00", "%F0%9F%98%80", "====", "Y2FiYw", "eDE", "bTk5OTk5OTk5OTk5OTk5OTk5OTk5", new('a', 3000)];
    private static readonly string[] Limits = ["0", "-1", "1001", "ten", "1.5", "1e2", "99999999999", "+5", "5&limit=6", "%20"];
    private static readonly string[] Searches = ["%00", "a%0Ab", new('a', 1001)];

    public static TheoryData<string> Lists => ["/contacts", "/suppressions", "/segments", "/templates", "/campaigns"];

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_list_comes_in_pages_in_which_everything_is_once(string list)
    {
        await using var own = await ApiHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await AddAsync(own, list);
        }

        var all = (await own.GetAsync(list)).Succeeded();
        Assert.Null(all.NextCursor);
        Assert.Equal(5, all.Items.Count);
        var seen = new List<string>();
        var cursor = "";
        var pages = 0;
        do
        {
            var page = (await own.GetAsync($"{list}?limit=2{cursor}")).Succeeded();
            seen.AddRange(page.Items.Select(item => item.GetRawText()));
            cursor = page.NextCursor is { } next ? $"&cursor={next}" : null;
            pages++;
        }
        while (cursor is not null);
        Assert.Equal(3, pages);
        Assert.Equal(all.Items.Select(item => item.GetRawText()), seen);
        Assert.Equal(5, (await own.GetAsync($"{list}?limit=5")).Succeeded().Items.Count);
        Assert.Null((await own.GetAsync($"{list}?limit=1000&cursor=&search=")).Succeeded().NextCursor);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_search_finds_parts_whatever_their_case_and_takes_signs_for_themselves(string list)
    {
        await using var own = await ApiHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await AddAsync(own, list);
        }

        Assert.Equal(3, (await own.GetAsync($"{list}?search=NAM")).Succeeded().Items.Count);
        Assert.Empty((await own.GetAsync($"{list}?search=%25%25%25%25")).Succeeded().Items);
        Assert.Empty((await own.GetAsync($"{list}?search=n_me")).Succeeded().Items);
        Assert.Empty((await own.GetAsync($"{list}?search=%27%20OR%201=1--")).Succeeded().Items);
        Assert.Empty((await own.GetAsync($"{list}?search=%5C")).Succeeded().Items);
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

    private static async Task AddAsync(ApiHost host, string list)
    {
        var name = host.NewName("Name");
        _ = list switch
        {
            "/contacts" => await host.AddContactAsync(host.NewEmail("name")),
            "/suppressions" => (await host.PostAsync(list, $$"""{"email": "{{host.NewEmail("name")}}"}""")).Succeeded(HttpStatusCode.NoContent).Body.Length,
            "/segments" => (await host.PostAsync(list, $$"""{"name": "{{name}}"}""")).Succeeded(HttpStatusCode.Created).Id,
            "/templates" => (await host.PostAsync(list, $$"""{"name": "{{name}}", "subject": "Hi", "text": "Hello"}"""))
                .Succeeded(HttpStatusCode.Created).Id,
            _ => (await host.PostAsync(list, $$"""{"name": "{{name}}", "templateId": {{await host.AddTemplateAsync()}}}"""))
                .Succeeded(HttpStatusCode.Created).Id,
        };
    }
}
