using System.Net;
using System.Text;
using MailMarketing.AspNetCore.Tests.Api;

namespace MailMarketing.AspNetCore.Tests.Public;

/// <summary>The page behind the link in a mail, as people, mail programs and scanners reach it.</summary>
public sealed class UnsubscribeTests(ApiHost host)
{
    /// <summary>What must not unsubscribe: a content type and a body.</summary>
    public static TheoryData<string, string> NoConsent => new()
    {
        { "application/x-www-form-urlencoded", "" },
        { "application/x-www-form-urlencoded", "List-Unsubscribe=" },
        { "application/x-www-form-urlencoded", "List-Unsubscribe=one-click" },
        { "application/x-www-form-urlencoded", "List-Unsubscribe=No" },
        { "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click&List-Unsubscribe=No" },
        { "application/x-www-form-urlencoded", "confirm=yes" },
        { "application/x-www-form-urlencoded", "%ZZ=%00&=&&" },
        { "application/json", """{"List-Unsubscribe": "One-Click"}""" },
        { "text/plain", "List-Unsubscribe=One-Click" },
        { "multipart/form-data", "List-Unsubscribe=One-Click" },
        { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Cl" },
        { "multipart/form-data; boundary=x", "--x\r\nbroken" },
    };

    [Fact]
    public async Task The_mail_carries_the_same_https_link_in_its_text_and_for_one_click()
    {
        var email = host.NewEmail();
        await host.CampaignToAsync(await host.AddSegmentAsync(email));
        var message = Assert.Single(host.Gateway.SentTo(email));
        var link = message.Content.Text!.Split(' ')[^1].Trim();
        Assert.StartsWith("https://mail.example.org/m/u/", link, StringComparison.Ordinal);
        Assert.Equal($"<{link}>", message.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
    }

    [Fact]
    public async Task Looking_at_the_page_changes_nothing()
    {
        var (email, link) = await MailedAsync(host);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head, HttpMethod.Get })
        {
            Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(method, link, null)).Status);
        }

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.SendAsync(HttpMethod.Options, link, null)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.SendAsync(HttpMethod.Put, link, OneClick())).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await host.SendAsync(HttpMethod.Delete, link, null)).Status);
        var page = await host.SendAsync(HttpMethod.Get, link, null);
        Assert.Contains("<form method=\"post\"><button", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(email, page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await host.SendAsync(HttpMethod.Head, link, null)).Body);
        Assert.Equal("subscribed", await StatusAsync(email));
    }

    [Fact]
    public async Task One_click_unsubscribes_again_and_again_and_the_next_campaign_leaves_the_contact_out()
    {
        var email = host.NewEmail();
        var segment = await host.AddSegmentAsync(email);
        await host.CampaignToAsync(segment);
        var link = Link(host, email);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Post, link, OneClick())).Status);
            Assert.Equal("unsubscribed", await StatusAsync(email));
        }

        var counts = (await host.CampaignToAsync(segment)).Json.GetProperty("counts");
        Assert.Equal(1, counts.GetProperty("suppressed").GetInt64());
        Assert.Equal(1, counts.GetProperty("planned").GetInt64());
        Assert.Single(host.Gateway.SentTo(email));
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click&extra=%F0%9F%98%80")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8", "List-Unsubscribe=One-Click")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n")]
    [InlineData("application/x-www-form-urlencoded", "confirm=unsubscribe")]
    public async Task Every_form_that_says_so_unsubscribes(string type, string body)
    {
        var (email, link) = await MailedAsync(host);
        var answer = await host.SendAsync(HttpMethod.Post, link, Body(type, body));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("You are unsubscribed", answer.Body, StringComparison.Ordinal);
        Assert.Equal("unsubscribed", await StatusAsync(email));
    }

    [Theory]
    [MemberData(nameof(NoConsent), DisableDiscoveryEnumeration = true)]
    public async Task What_does_not_say_so_is_a_400_page_and_changes_nothing(string type, string body)
    {
        var (email, link) = await MailedAsync(host);
        AssertPage(HttpStatusCode.BadRequest, await host.SendAsync(HttpMethod.Post, link, Body(type, body)));
        Assert.Equal("subscribed", await StatusAsync(email));
    }

    [Fact]
    public async Task A_form_larger_than_any_mail_program_sends_is_a_400_page_and_changes_nothing()
    {
        var (email, link) = await MailedAsync(host);
        var body = Body("application/x-www-form-urlencoded", $"List-Unsubscribe=One-Click&a={new string('a', 20_000)}");
        AssertPage(HttpStatusCode.BadRequest, await host.SendAsync(HttpMethod.Post, link, body));
        Assert.Equal("subscribed", await StatusAsync(email));
    }

    [Fact]
    public async Task A_link_that_is_cut_changed_or_not_ours_is_a_404_page()
    {
        var (email, link) = await MailedAsync(host);
        var token = link["/m/u/".Length..];
        await using var foreign = new ApiHost();
        await foreign.InitializeAsync();
        string[] wrong =
        [
            "", "/", "x", token[..^1], token[1..], token + "A", token + ".", token + "/", token + "%0A", token.ToUpperInvariant(),
            Flip(token, 0), Flip(token, 30), Flip(token, 63), new('A', 64), new('A', 4000), "%F0%9F%98%80",
            "%2E%2E%2F%2E%2E%2Fapi", "a/b/c",
            (await MailedAsync(foreign)).Link["/m/u/".Length..],
        ];
        foreach (var each in wrong)
        {
            AssertPage(HttpStatusCode.NotFound, await host.SendAsync(HttpMethod.Get, $"/m/u/{each}", null));
            AssertPage(HttpStatusCode.NotFound, await host.SendAsync(HttpMethod.Post, $"/m/u/{each}", OneClick()));
        }

        Assert.Equal("subscribed", await StatusAsync(email));
    }

    [Fact]
    public async Task Every_page_keeps_to_itself()
    {
        var (_, link) = await MailedAsync(host);
        AssertPage(HttpStatusCode.OK, await host.SendAsync(HttpMethod.Get, link, null));
        AssertPage(HttpStatusCode.OK, await host.SendAsync(HttpMethod.Head, link, null), hasBody: false);
        AssertPage(HttpStatusCode.OK, await host.SendAsync(HttpMethod.Post, link, OneClick()));
    }

    [Fact]
    public async Task The_link_of_a_contact_deleted_since_says_that_it_is_done()
    {
        var (email, link) = await MailedAsync(host);
        var id = Assert.Single((await host.GetAsync($"/contacts?search={email}")).Items).GetProperty("id");
        (await host.DeleteAsync($"/contacts/{id}")).Succeeded(HttpStatusCode.NoContent);
        AssertPage(HttpStatusCode.OK, await host.SendAsync(HttpMethod.Post, link, OneClick()));
    }

    private static void AssertPage(HttpStatusCode status, Answer page, bool hasBody = true)
    {
        Assert.True(page.Status == status, $"Expected {status}, got {page.Status}: {page.Body}");
        Assert.Equal("text/html", page.Type);
        Assert.Equal("no-store", page.Headers.CacheControl?.ToString());
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        if (hasBody)
        {
            Assert.Contains("<html lang=\"en\">", page.Body, StringComparison.Ordinal);
            Assert.Contains("<h1>", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("http", page.Body, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static StringContent OneClick() => Body("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");

    private static StringContent Body(string type, string body)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static string Flip(string token, int at) => token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];

    private static async Task<(string Email, string Link)> MailedAsync(ApiHost host)
    {
        var email = host.NewEmail();
        await host.CampaignToAsync(await host.AddSegmentAsync(email));
        return (email, Link(host, email));
    }

    private static string Link(ApiHost host, string email) =>
        new Uri(Assert.Single(host.Gateway.SentTo(email)).Headers["List-Unsubscribe"].Trim('<', '>')).AbsolutePath;

    private async Task<string?> StatusAsync(string email) =>
        Assert.Single((await host.GetAsync($"/contacts?search={email}")).Items).GetProperty("status").GetString();
}
