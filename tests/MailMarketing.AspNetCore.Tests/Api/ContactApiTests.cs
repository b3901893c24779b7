using System.Net;
using System.Text.Json;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class ContactApiTests(ApiHost host)
{
    /// <summary>What is no address, each in the words of JSON.</summary>
    public static TheoryData<string> BadAddresses =>
    [
        "", " ", "a", "a@", "@x.example", "a@b@c.example", "a..b@x.example", ".a@x.example", "a.@x.example", "a@[127.0.0.1]", "user@[::1]",
        "a@127.0.0.1", "a@example.123", "x@localhost", "a@example.org.", "a@-ex.example", "a@ex_ample.org", "a@example..org",
        @"a@example.org\n", @"a@example.org\r\nBcc: v@x.example", @"a\u0000@example.org", @"a@exam\tple.org", @"a\u200b@example.org",
        @"\u202ea@example.org", @"a@example.org\u2028", "用户@例子.广告", "Ann <a@example.org>", "<a@example.org>", "mailto:a@example.org",
        "a@x.example,b@x.example", "a@x.example;b@x.example", @"\ud800@example.org",
        $"{new string('a', 65)}@example.org", $"a@{new string('a', 64)}.org",
        $"a@{string.Join('.', Enumerable.Repeat(new string('a', 60), 5))}.org",
        new string('a', 2000),
    ];

    [Fact]
    public async Task A_contact_is_added_shown_replaced_and_deleted()
    {
        var email = host.NewEmail("Ada");
        var added = (await host.PostAsync("/contacts", $$$"""
            {"email": " {{{email}}}  ", "name": "Ada 👩‍💻 مرحبا", "firstName": "Ada", "lastName": "Lovelace",
             "attributes": {"n": 12345678901234567890.5, "deep": {"list": [1, null, "é"]}},
             "isAdmin": true, "id": 7, "status": "pending", "createdAt": "1999-01-01T00:00:00Z"}
            """)).Succeeded(HttpStatusCode.Created);
        var id = added.Id;
        Assert.Equal(email, added.Json.GetProperty("email").GetString());
        Assert.Equal("Ada 👩‍💻 مرحبا", added.Json.GetProperty("name").GetString());
        Assert.Equal("subscribed", added.Json.GetProperty("status").GetString());
        Assert.True(added.Json.GetProperty("createdAt").GetDateTimeOffset().Year > 2000);
        Assert.Equal("12345678901234567890.5", added.Json.GetProperty("attributes").GetProperty("n").GetRawText());
        Assert.True(JsonElement.DeepEquals(added.Json, (await host.GetAsync($"/contacts/{id}")).Succeeded().Json));

        var replaced = (await host.PutAsync($"/contacts/{id}", $$"""{"email": "{{email}}", "lastName": "Byron"}""")).Succeeded().Json;
        Assert.Equal(JsonValueKind.Null, replaced.GetProperty("name").ValueKind);
        Assert.Equal("Byron", replaced.GetProperty("lastName").GetString());
        Assert.Empty(replaced.GetProperty("attributes").EnumerateObject());

        (await host.DeleteAsync($"/contacts/{id}")).Succeeded(HttpStatusCode.NoContent);
        (await host.GetAsync($"/contacts/{id}")).Refused(HttpStatusCode.NotFound);
        (await host.DeleteAsync($"/contacts/{id}")).Refused(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(BadAddresses), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_address_is_refused_in_contacts_and_suppressions(string address)
    {
        var body = $$"""{"email": "{{address}}"}""";
        foreach (var path in new[] { "/contacts", "/suppressions" })
        {
            // Half a character cannot be read at all
            var answer = await host.PostAsync(path, body);
            _ = answer.Status == HttpStatusCode.BadRequest
                ? answer.Refused(HttpStatusCode.BadRequest)
                : answer.Refused(HttpStatusCode.UnprocessableEntity, "email");
        }
    }

    [Theory]
    [InlineData("a@例え{0}.jp", "a@xn--")]
    [InlineData("-a{0}@example.org", "-a")]
    [InlineData("A.B+tag{0}@Example.ORG", "A.B+tag")]
    public async Task Unusual_addresses_are_taken_once_whatever_their_case_and_script(string pattern, string expected)
    {
        var address = pattern.Replace("{0}", host.NewEmail("").Split('@')[0], StringComparison.Ordinal);
        var stored = (await host.PostAsync("/contacts", $$"""{"email": "{{address}}"}""")).Succeeded(HttpStatusCode.Created)
            .Json.GetProperty("email").GetString()!;
        Assert.StartsWith(expected, stored, StringComparison.Ordinal);
        foreach (var same in new[] { address, stored, stored.ToUpperInvariant(), $" {address} " })
        {
            (await host.PostAsync("/contacts", $$"""{"email": "{{same}}"}""")).Refused(HttpStatusCode.Conflict, "email");
        }
    }

    [Fact]
    public async Task Of_two_who_add_the_same_address_at_once_one_gets_a_conflict()
    {
        var email = host.NewEmail();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => host.PostAsync(
            "/contacts", $$"""{"email": "{{(i % 2 == 0 ? email : email.ToUpperInvariant())}}"}""")));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.Created), answer => answer.Refused(HttpStatusCode.Conflict, "email"));
        Assert.Single((await host.GetAsync($"/contacts?search={email}")).Items);
    }

    [Fact]
    public async Task Changing_an_address_to_that_of_another_contact_is_a_conflict()
    {
        var (first, second) = (host.NewEmail(), host.NewEmail());
        await host.AddContactAsync(first);
        var id = await host.AddContactAsync(second);
        (await host.PutAsync($"/contacts/{id}", $$"""{"email": "{{first}}"}""")).Refused(HttpStatusCode.Conflict, "email");
        Assert.Equal(second, (await host.GetAsync($"/contacts/{id}")).Json.GetProperty("email").GetString());
    }

    [Theory]
    [InlineData("name")]
    [InlineData("firstName")]
    [InlineData("lastName")]
    public async Task A_name_has_128_characters_at_most(string field)
    {
        var longest = string.Concat(Enumerable.Repeat("😀", 128));
        (await host.PostAsync("/contacts", $$"""{"email": "{{host.NewEmail()}}", "{{field}}": "{{longest}}"}"""))
            .Succeeded(HttpStatusCode.Created);
        var detail = (await host.PostAsync("/contacts", $$"""{"email": "{{host.NewEmail()}}", "{{field}}": "{{longest}}x"}"""))
            .Refused(HttpStatusCode.UnprocessableEntity, field);
        Assert.Contains("128", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_have_64_KiB_at_most()
    {
        (await host.PostAsync("/contacts", $$$"""{"email": "{{{host.NewEmail()}}}", "attributes": {"a": "{{{new string('a', 65_000)}}}"}}"""))
            .Succeeded(HttpStatusCode.Created);
        (await host.PostAsync("/contacts", $$$"""{"email": "{{{host.NewEmail()}}}", "attributes": {"a": "{{{new string('a', 65_536)}}}"}}"""))
            .Refused(HttpStatusCode.UnprocessableEntity, "attributes");
    }

    [Fact]
    public async Task Attributes_nested_as_deep_as_they_are_taken_are_shown_everywhere_and_sent()
    {
        var (email, segment) = (host.NewEmail("deep"), await host.AddSegmentAsync());
        var id = (await host.PostAsync("/contacts", Nested(30))).Succeeded(HttpStatusCode.Created).Id;
        (await host.PostAsync("/contacts", Nested(31))).Refused(HttpStatusCode.BadRequest);
        (await host.GetAsync($"/contacts?search={email}")).Succeeded();
        (await host.PutAsync($"/segments/{segment}/contacts", $$"""{"contactIds": [{{id}}]}""")).Succeeded(HttpStatusCode.NoContent);
        (await host.GetAsync($"/segments/{segment}/contacts")).Succeeded();
        Assert.Equal(1, (await host.CampaignToAsync(segment)).Json.GetProperty("counts").GetProperty("success").GetInt64());

        string Nested(int depth) =>
            $$$"""{"email": "{{{email}}}", "attributes": {"a": {{{new string('[', depth)}}}{{{new string(']', depth)}}}}}""";
    }

    [Fact]
    public async Task Consent_is_taken_back_and_given_again()
    {
        var id = await host.AddContactAsync(host.NewEmail());
        (await host.PostAsync($"/contacts/{id}/unsubscribe")).Succeeded(HttpStatusCode.NoContent);
        (await host.PostAsync($"/contacts/{id}/unsubscribe")).Succeeded(HttpStatusCode.NoContent);
        Assert.Equal("unsubscribed", (await host.GetAsync($"/contacts/{id}")).Json.GetProperty("status").GetString());
        (await host.PostAsync($"/contacts/{id}/subscribe")).Succeeded(HttpStatusCode.NoContent);
        Assert.Equal("subscribed", (await host.GetAsync($"/contacts/{id}")).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_suppressed_address_gets_no_campaign_until_it_is_lifted()
    {
        var email = host.NewEmail("Quiet");
        (await host.PostAsync("/suppressions", $$"""{"email": "{{email}}", "reason": " By phone "}""")).Succeeded(HttpStatusCode.NoContent);
        var suppression = Assert.Single((await host.GetAsync($"/suppressions?search={email}")).Succeeded().Items);
        Assert.Equal("By phone", suppression.GetProperty("reason").GetString());
        var segment = await host.AddSegmentAsync(email);
        Assert.Equal(1, (await host.CampaignToAsync(segment)).Json.GetProperty("counts").GetProperty("suppressed").GetInt64());
        (await host.DeleteAsync($"/suppressions/{Uri.EscapeDataString(email.ToUpperInvariant())}")).Succeeded(HttpStatusCode.NoContent);
        (await host.DeleteAsync($"/suppressions/{email}")).Refused(HttpStatusCode.NotFound);
        Assert.Equal(1, (await host.CampaignToAsync(segment)).Json.GetProperty("counts").GetProperty("success").GetInt64());
        (await host.DeleteAsync("/suppressions/nobody")).Refused(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("one/two")]
    [InlineData("one%2Ftwo")]
    [InlineData("one+two")]
    public async Task Any_address_can_be_lifted_by_its_own_path(string local)
    {
        var email = host.NewEmail(local);
        (await host.PostAsync("/suppressions", $$"""{"email": "{{email}}"}""")).Succeeded(HttpStatusCode.NoContent);
        (await host.DeleteAsync($"/suppressions/{Uri.EscapeDataString(email)}")).Succeeded(HttpStatusCode.NoContent);
        (await host.DeleteAsync($"/suppressions/{Uri.EscapeDataString(email)}")).Refused(HttpStatusCode.NotFound);
    }
}
