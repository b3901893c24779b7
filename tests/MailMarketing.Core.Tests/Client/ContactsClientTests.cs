using System.Text.Json;

namespace MailMarketing.Core.Tests.Client;

public sealed class ContactsClientTests : IAsyncDisposable
{
    private readonly ClientHarness _harness = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contact_is_stored_trimmed_and_with_its_domain_in_ascii()
    {
        var added = (await _harness.Client.Contacts.AddAsync(
            new() { Email = " Ada@例え.jp ", Name = "  Ada ", FirstName = " ", LastName = null }, Stop)).OrThrow();

        Assert.Equal("Ada@xn--r8jz45g.jp", added.Email);
        Assert.Equal("Ada", added.Name);
        Assert.Null(added.FirstName);
    }

    [Theory]
    [InlineData("nobody", "Ada", "email")]
    [InlineData("a@example.org\n", "Ada", "email")]
    [InlineData("a@example.org", "Ada\r\nBcc: v@x.org", "name")]
    [InlineData("a@example.org", "A\0da", "name")]
    public async Task What_does_not_validate_names_its_field_and_stores_nothing(string email, string name, string field)
    {
        var result = await _harness.Client.Contacts.AddAsync(new() { Email = email, Name = name }, Stop);

        Assert.Equal(ProblemKind.Invalid, result.Problem!.Kind);
        Assert.Equal(field, Assert.Single(result.Problem.Errors).Key);
        Assert.Empty(_harness.Stores.Contacts);
    }

    // Half a surrogate pair does not survive being a test's argument, so these are made here.
    [Fact]
    public async Task Half_a_character_is_refused_in_every_text()
    {
        var half = "a" + '\ud800' + "b";
        var result = await _harness.Client.Contacts.AddAsync(
            new() { Email = half + "@example.org", Name = half, FirstName = half, LastName = half, Attributes = Json("""{"a":"\ud800"}""") }, Stop);

        Assert.Equal(["attributes", "email", "firstName", "lastName", "name"], result.Problem!.Errors.Keys.Order());
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task Names_have_128_characters_at_most(int length, bool valid)
    {
        var name = string.Concat(Enumerable.Repeat("😀", length));
        Assert.Equal(valid, (await _harness.Client.Contacts.AddAsync(new() { Email = "a@example.org", LastName = name }, Stop)).Succeeded);
    }

    [Theory]
    [InlineData("""{"a":{"b":["x\u0000"]}}""")]
    [InlineData("""{"a":{"x\u0000":1}}""")]
    [InlineData("""{"":1}""")]
    [InlineData("""{"a\nb":1}""")]
    [InlineData("""{"a":1e999999}""")]
    [InlineData("""{"a":[{"b":-1e-20000}]}""")]
    [InlineData("""{"a":0.00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001}""")]
    public async Task Attributes_that_no_store_can_keep_are_refused(string json)
    {
        var result = await _harness.Client.Contacts.AddAsync(new() { Email = "a@example.org", Attributes = Json(json) }, Stop);
        Assert.Equal("attributes", Assert.Single(result.Problem!.Errors).Key);
    }

    [Fact]
    public async Task Numbers_of_any_usual_size_are_kept()
    {
        var attributes = Json("""{"a":[0,-0.0,0e5,1.50,12345678901234567890,1e300,-1e-300]}""");
        Assert.True((await _harness.Client.Contacts.AddAsync(new() { Email = "a@example.org", Attributes = attributes }, Stop)).Succeeded);
    }

    [Theory]
    [InlineData(65_000, true)]
    [InlineData(65_600, false)]
    public async Task Attributes_have_64_KiB_at_most(int length, bool valid)
    {
        var attributes = Json($$"""{"a":"{{new string('x', length)}}"}""");
        Assert.Equal(valid, (await _harness.Client.Contacts.AddAsync(new() { Email = "a@example.org", Attributes = attributes }, Stop)).Succeeded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public async Task A_page_of_a_wrong_size_is_refused_in_every_list(int limit)
    {
        var page = new PageRequest { Limit = limit };
        Assert.Equal("limit", Field((await _harness.Client.Contacts.ListAsync(new() { Limit = limit }, Stop)).Problem));
        Assert.Equal("limit", Field((await _harness.Client.Contacts.ListSuppressionsAsync(page, Stop)).Problem));
        Assert.Equal("limit", Field((await _harness.Client.Segments.ListAsync(page, Stop)).Problem));
        Assert.Equal("limit", Field((await _harness.Client.Templates.ListAsync(page, Stop)).Problem));
        Assert.Equal("limit", Field((await _harness.Client.Campaigns.ListAsync(page, Stop)).Problem));
        var campaign = await _harness.ReadyCampaignAsync();
        Assert.Equal("limit", Field((await _harness.Client.Deliveries.ListAsync(campaign.Id, new() { Limit = limit }, Stop)).Problem));
        Assert.Null(_harness.Stores.LastPage);
    }

    [Fact]
    public async Task A_strange_cursor_is_the_callers_mistake() =>
        Assert.Equal("cursor", Field((await _harness.Client.Segments.ListAsync(new() { Cursor = "x" }, Stop)).Problem));

    [Fact]
    public async Task A_search_for_NUL_is_the_callers_mistake() =>
        Assert.Equal("search", Field((await _harness.Client.Contacts.ListAsync(new() { Search = "\0" }, Stop)).Problem));

    [Fact]
    public async Task Unsubscribing_and_subscribing_set_consent()
    {
        var contact = (await _harness.Client.Contacts.AddAsync(new() { Email = "a@example.org" }, Stop)).OrThrow();
        Assert.True(await _harness.Client.Contacts.UnsubscribeAsync(contact.Id, Stop));
        Assert.Equal(ConsentStatus.Unsubscribed, (await _harness.Client.Contacts.GetAsync(contact.Id, Stop))!.Status);
        Assert.True(await _harness.Client.Contacts.SubscribeAsync(contact.Id, Stop));
        Assert.Equal(ConsentStatus.Subscribed, (await _harness.Client.Contacts.GetAsync(contact.Id, Stop))!.Status);
        Assert.False(await _harness.Client.Contacts.UnsubscribeAsync(99, Stop));
    }

    [Fact]
    public async Task An_address_is_suppressed_and_lifted_by_its_key()
    {
        Assert.Equal("a@example.org", (await _harness.Client.Contacts.SuppressAsync("A@Example.org", null, Stop)).OrThrow());
        Assert.Equal("a@example.org", Assert.Single((await _harness.Client.Contacts.ListSuppressionsAsync(new(), Stop)).OrThrow().Items).EmailKey);
        Assert.True(await _harness.Client.Contacts.LiftAsync("a@EXAMPLE.org", Stop));
        Assert.False(await _harness.Client.Contacts.LiftAsync("a@example.org", Stop));
        Assert.Equal("email", Field((await _harness.Client.Contacts.SuppressAsync("nobody", null, Stop)).Problem));
    }

    [Fact]
    public async Task A_segments_name_is_required_and_trimmed()
    {
        Assert.Equal("Friends", (await _harness.Client.Segments.AddAsync(" Friends ", Stop)).OrThrow().Name);
        Assert.Equal("name", Field((await _harness.Client.Segments.AddAsync(" ", Stop)).Problem));
        Assert.Equal("name", Field((await _harness.Client.Segments.RenameAsync(1, null!, Stop)).Problem));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static string Field(Problem? problem) => Assert.Single(Assert.IsType<Problem>(problem).Errors).Key;

    private static Dictionary<string, JsonElement> Json(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
