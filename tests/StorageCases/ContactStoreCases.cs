using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.StorageCases;

public abstract class ContactStoreCases : IDisposable
{
    private readonly StoreFixture _store;

    protected ContactStoreCases(StoreFixture store) => _store = store;

    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_contact_comes_back_as_it_was_added()
    {
        using var city = JsonDocument.Parse("""{"city":"Köln","n":[1,2.5,null,true]}""");
        var attributes = city.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone());
        var added = (await _store.Contacts.AddAsync(
            new ContactData { Email = "Ada@Example.org", Name = "Ada \"L\" 🎉", FirstName = "Ada", Attributes = attributes }, Stop)).OrThrow();

        var contact = (await _store.Contacts.GetAsync(added.Id, Stop))!;

        Assert.Equal("Ada@Example.org", contact.Email);
        Assert.Equal("Ada \"L\" 🎉", contact.Name);
        Assert.Null(contact.LastName);
        Assert.Equal("Köln", contact.Attributes["city"].GetString());
        Assert.Equal(4, contact.Attributes["n"].GetArrayLength());
        Assert.Equal(_store.Clock.GetUtcNow(), contact.CreatedAt);
    }

    [Fact]
    public async Task Addresses_are_one_whatever_their_case()
    {
        await _store.Contacts.AddAsync(new ContactData { Email = "ada@example.org" }, Stop);

        var again = await _store.Contacts.AddAsync(new ContactData { Email = "ADA@EXAMPLE.ORG" }, Stop);

        Assert.Equal(ProblemKind.Conflict, again.Problem?.Kind);
        Assert.Contains("email", again.Problem!.Errors.Keys);
    }

    [Fact]
    public async Task An_invalid_address_is_the_callers_mistake() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.Contacts.AddAsync(new ContactData { Email = "no" }, Stop));

    [Fact]
    public async Task Ids_are_never_used_again()
    {
        var first = (await _store.Contacts.AddAsync(new ContactData { Email = "a@example.org" }, Stop)).OrThrow();
        await _store.Contacts.DeleteAsync(first.Id, Stop);

        var second = (await _store.Contacts.AddAsync(new ContactData { Email = "a@example.org" }, Stop)).OrThrow();

        Assert.True(second.Id > first.Id);
    }

    [Fact]
    public async Task Upsert_counts_what_it_did_and_keeps_what_it_is_not_told()
    {
        await _store.Contacts.UpsertAsync([new() { Email = "a@example.org", Name = "A" }, new() { Email = "b@example.org" }], null, Stop);

        var counts = await _store.Contacts.UpsertAsync(
            [new() { Email = "a@example.org", FirstName = "Ann" }, new() { Email = "b@example.org" }, new() { Email = "c@example.org" }, new() { Email = "C@example.org" }],
            null, Stop);

        Assert.Equal(new UpsertCounts(1, 1, 1), counts);
        var page = await _store.Contacts.ListAsync(new ContactQuery { Search = "ann" }, Stop);
        Assert.Equal("A", Assert.Single(page.Items).Name);
    }

    [Fact]
    public async Task Upsert_counts_what_it_did_after_many_of_new_people_too()
    {
        for (var batch = 0; batch < 4; batch++)
        {
            Assert.Equal(new UpsertCounts(3, 0, 0), await _store.Contacts.UpsertAsync([.. Enumerable.Range(batch * 3, 3).Select(Person)], null, Stop));
        }

        var mixed = await _store.Contacts.UpsertAsync([Person(1), Person(2) with { Name = "Other" }, Person(50), Person(51)], null, Stop);
        var again = await _store.Contacts.UpsertAsync([Person(1), Person(50), Person(52) with { Unsubscribed = true }], null, Stop);

        Assert.Equal((new UpsertCounts(2, 1, 1), new UpsertCounts(1, 0, 2)), (mixed, again));
        Assert.Equal(15, await _store.Contacts.CountAsync(Stop));
        var gone = Assert.Single((await _store.Contacts.ListAsync(new ContactQuery { Search = "p52@" }, Stop)).Items);
        Assert.Equal(ConsentStatus.Unsubscribed, gone.Status);

        static ContactData Person(int number) => new() { Email = $"p{number}@example.org", Name = "P" };
    }

    [Theory]
    [InlineData("""{"b":"1","aa":"quote \" and \\ and , : { }"}""")]
    [InlineData("""{"x":"Köln 🎉","y":[1, {"z":null}],"n":1.50}""")]
    [InlineData("{}")]
    public async Task Upsert_again_changes_nothing_whatever_is_said(string json)
    {
        using var document = JsonDocument.Parse(json);
        var attributes = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone());
        var person = new ContactData { Email = "Ada@Example.org", Name = "Ada \"L\"", Attributes = attributes };
        await _store.Contacts.UpsertAsync([person], null, Stop);

        Assert.Equal(new UpsertCounts(0, 0, 1), await _store.Contacts.UpsertAsync([person], null, Stop));
        var other = person with { Attributes = new Dictionary<string, JsonElement> { ["city"] = JsonSerializer.SerializeToElement("Ulm") } };
        Assert.Equal(new UpsertCounts(0, 1, 0), await _store.Contacts.UpsertAsync([other], null, Stop));

        var contact = Assert.Single((await _store.Contacts.ListAsync(new ContactQuery(), Stop)).Items);
        Assert.Equal([.. attributes.Keys.Order(), "city"], contact.Attributes.Keys.Order().OrderBy(name => name == "city"));
    }

    [Fact]
    public async Task Pages_hold_every_contact_once()
    {
        await _store.SeedSegmentAsync(25);
        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await _store.Contacts.ListAsync(new ContactQuery { Limit = 10, Cursor = cursor }, Stop);
            seen.AddRange(page.Items.Select(contact => contact.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(25, seen.Distinct().Count());
        Assert.Equal(25, seen.Count);
    }

    [Fact]
    public async Task The_newest_come_first_where_asked_and_each_once()
    {
        await _store.SeedSegmentAsync(5);
        var first = await _store.Contacts.ListAsync(new ContactQuery { Limit = 3, NewestFirst = true }, Stop);
        var second = await _store.Contacts.ListAsync(new ContactQuery { Limit = 3, NewestFirst = true, Cursor = first.NextCursor }, Stop);

        var ids = first.Items.Concat(second.Items).Select(contact => contact.Id).ToList();

        Assert.Equal(ids.Distinct().OrderDescending(), ids);
        Assert.Equal(await _store.Contacts.CountAsync(Stop), ids.Count);
        Assert.Null(second.NextCursor);
        await Assert.ThrowsAsync<InvalidCursorException>(
            () => _store.Contacts.ListAsync(new ContactQuery { Limit = 3, Cursor = first.NextCursor }, Stop));
    }

    [Fact]
    public async Task Everything_is_counted()
    {
        await _store.DraftAsync(await _store.SeedSegmentAsync(4));

        Assert.Equal(4, await _store.Contacts.CountAsync(Stop));
        Assert.Equal(1, await _store.Segments.CountAsync(Stop));
        Assert.Equal(1, await _store.Templates.CountAsync(Stop));
        Assert.Equal(1, await _store.Campaigns.CountAsync(Stop));
    }

    [Fact]
    public async Task Counts_follow_whoever_comes_and_goes()
    {
        var segment = await _store.SeedSegmentAsync(5);
        var added = (await _store.Contacts.AddAsync(new ContactData { Email = "later@example.org" }, Stop)).OrThrow();
        await _store.Contacts.AddAsync(new ContactData { Email = "LATER@example.org" }, Stop);
        await _store.Segments.AddMembersAsync(segment, [added.Id], Stop);
        await _store.Contacts.UpsertAsync([new() { Email = "p1@example.org", Name = "New" }, new() { Email = "z@example.org" }], segment, Stop);
        var people = (await _store.Contacts.ListAsync(new ContactQuery { SegmentId = segment }, Stop)).Items;
        await _store.Contacts.DeleteAsync(people[0].Id, Stop);
        await _store.Contacts.DeleteAsync(people[0].Id, Stop);
        await _store.Segments.RemoveMemberAsync(segment, people[1].Id, Stop);

        Assert.Equal(6, await _store.Contacts.CountAsync(Stop));
        Assert.Equal(5, (await _store.Segments.GetAsync(segment, Stop))!.Members);
        Assert.Equal(5, await _store.Campaigns.CountAudienceAsync((await _store.DraftAsync(segment)).Draft, null, Stop));
        Assert.True(await _store.Segments.DeleteAsync(segment, Stop));
        Assert.Equal(6, await _store.Contacts.CountAsync(Stop));
    }

    [Theory]
    [InlineData("garbage!")]
    [InlineData("")]
    [InlineData("MTIz")]
    [InlineData("' OR 1=1")]
    public async Task A_cursor_of_nobodys_is_refused(string cursor) => await Assert.ThrowsAsync<InvalidCursorException>(
        () => _store.Contacts.ListAsync(new ContactQuery { Cursor = cursor }, Stop));

    [Theory]
    [InlineData("s\0")]
    [InlineData("sa\nb")]
    [InlineData("c1")]
    [InlineData("s")]
    public async Task A_cursor_of_text_that_no_list_has_is_refused(string text) => await Assert.ThrowsAsync<InvalidCursorException>(
        () => _store.Suppressions.ListAsync(new PageRequest { Cursor = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text)) }, Stop));

    [Theory]
    [InlineData("%", 0)]
    [InlineData("_", 1)]
    [InlineData("ÄRGER", 1)]
    [InlineData("'; DROP TABLE contact; --", 0)]
    [InlineData("", 2)]
    public async Task Search_takes_text_as_it_is(string search, int found)
    {
        await _store.Contacts.AddAsync(new ContactData { Email = "a_b@example.org" }, Stop);
        await _store.Contacts.AddAsync(new ContactData { Email = "c@example.org", Name = "Ärger" }, Stop);

        Assert.Equal(found, (await _store.Contacts.ListAsync(new ContactQuery { Search = search }, Stop)).Items.Count);
    }

    [Fact]
    public async Task A_whole_address_finds_whom_it_belongs_to_and_a_part_all_that_have_it()
    {
        foreach (var email in new[] { "ann@example.org", "joann@example.org", "ann@example.organic" })
        {
            await _store.Contacts.AddAsync(new ContactData { Email = email }, Stop);
        }

        Assert.Equal("ann@example.org", Assert.Single((await _store.Contacts.ListAsync(new ContactQuery { Search = " Ann@Example.ORG " }, Stop)).Items).Email);
        Assert.Equal(3, (await _store.Contacts.ListAsync(new ContactQuery { Search = "nn@example.or" }, Stop)).Items.Count);
        Assert.Equal(2, (await _store.Contacts.ListAsync(new ContactQuery { Search = "n@example.org", NewestFirst = true, Limit = 2 }, Stop)).Items.Count);
    }

    [Fact]
    public async Task An_import_keeps_its_progress()
    {
        var import = await _store.Contacts.SaveImportAsync(new ContactImport { State = ImportState.Running, StartedAt = _store.Clock.GetUtcNow() }, Stop);
        await _store.Contacts.SaveImportAsync(import with { State = ImportState.Completed, Rows = 3, Errors = ["Line 2: no."] }, Stop);

        var read = (await _store.Contacts.GetImportAsync(import.Id, Stop))!;

        Assert.Equal((ImportState.Completed, 3, "Line 2: no."), (read.State, read.Rows, read.Errors[0]));
        Assert.Null(await _store.Contacts.GetImportAsync(import.Id + 1, Stop));
    }

    [Fact]
    public async Task A_suppression_keeps_its_first_reason_and_can_be_lifted()
    {
        var address = EmailAddress.Parse("A@example.org");
        await _store.Suppressions.AddAsync(address, "bounced", Stop);
        await _store.Suppressions.AddAsync(address, "complained", Stop);

        var suppression = Assert.Single((await _store.Suppressions.ListAsync(new PageRequest(), Stop)).Items);
        Assert.Equal(("a@example.org", "bounced"), (suppression.EmailKey, suppression.Reason));
        Assert.True(await _store.Suppressions.RemoveAsync(address, Stop));
        Assert.False(await _store.Suppressions.RemoveAsync(address, Stop));
    }

    [Fact]
    public async Task A_segment_has_the_members_it_was_given()
    {
        var id = await _store.SeedSegmentAsync(3);
        var people = (await _store.Contacts.ListAsync(new ContactQuery { SegmentId = id }, Stop)).Items;
        var other = (await _store.Segments.AddAsync("Others", Stop)).OrThrow();

        Assert.Equal(ProblemKind.Conflict, (await _store.Segments.AddAsync("OTHERS", Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.Invalid, (await _store.Segments.AddMembersAsync(other.Id, [people[0].Id, 999], Stop)).Problem?.Kind);
        Assert.Equal(0, (await _store.Segments.GetAsync(other.Id, Stop))!.Members);
        Assert.Equal(2, (await _store.Segments.AddMembersAsync(other.Id, [people[0].Id, people[1].Id, people[0].Id], Stop)).OrThrow().Members);
        Assert.Equal(["Everyone", "Others"], (await _store.Segments.ListOfContactAsync(people[0].Id, Stop)).Select(segment => segment.Name));
        var names = await _store.Segments.ListNamesAsync([people[0].Id, people[2].Id, 999, people[0].Id], Stop);
        Assert.Equal([people[0].Id, people[2].Id], names.Keys.Order());
        Assert.Equal(["Everyone", "Others"], names[people[0].Id]);
        Assert.Empty(await _store.Segments.ListNamesAsync([], Stop));
        Assert.True(await _store.Segments.RemoveMemberAsync(other.Id, people[0].Id, Stop));
        await _store.Contacts.DeleteAsync(people[1].Id, Stop);
        Assert.Equal(0, (await _store.Segments.GetAsync(other.Id, Stop))!.Members);
        Assert.True(await _store.Segments.DeleteAsync(other.Id, Stop));
    }

    [Fact]
    public async Task Every_saved_version_of_a_template_is_kept_until_it_is_deleted()
    {
        var template = (await _store.Templates.AddAsync("Versions", Content.Source, Stop)).OrThrow();
        var translated = Content.Source with
        {
            Translations = new Dictionary<string, TemplateTranslation> { ["de"] = new() { Subject = "Hallo", Text = "Guten Tag" } },
        };
        await _store.Templates.UpdateAsync(template.Id, "Renamed", translated, Stop);
        var versions = await _store.Templates.ListVersionsAsync(template.Id, Stop);
        Assert.Equal([(2, "Renamed"), (1, "Versions")], versions.Select(one => (one.Version, one.Name)));
        Assert.Equal(Content.Source, (await _store.Templates.GetVersionAsync(template.Id, 1, Stop))!.Source);
        Assert.Equal("Hallo", (await _store.Templates.GetVersionAsync(template.Id, 2, Stop))!.Source.Translations!["de"].Subject);
        Assert.True(versions[0].SavedAt >= versions[1].SavedAt && versions[1].SavedAt > DateTimeOffset.UnixEpoch);
        Assert.Null(await _store.Templates.GetVersionAsync(template.Id, 3, Stop));
        await _store.Templates.DeleteAsync(template.Id, Stop);
        Assert.Empty(await _store.Templates.ListVersionsAsync(template.Id, Stop));
    }

    [Fact]
    public async Task Layouts_and_partials_are_found_by_name_and_emails_are_not()
    {
        var layout = Content.Source with { Kind = TemplateKind.Layout };
        await _store.Templates.AddAsync("Base", layout, Stop);
        await _store.Templates.AddAsync("Mail", Content.Source, Stop);
        var changing = (await _store.Templates.AddAsync("Footer", Content.Source, Stop)).OrThrow();
        Assert.Equal(["Base"], (await _store.Templates.FindPartsAsync(["BASE", "mail", "footer", "none"], Stop)).Select(one => one.Name));
        await _store.Templates.UpdateAsync(changing.Id, "Footer", Content.Source with { Kind = TemplateKind.Partial }, Stop);
        Assert.Equal(2, (await _store.Templates.FindPartsAsync(["base", "Footer"], Stop)).Count);
        Assert.Empty(await _store.Templates.FindPartsAsync([], Stop));
    }

    [Fact]
    public async Task A_template_gains_a_version_with_each_change()
    {
        var template = (await _store.Templates.AddAsync("Welcome", Content.Source, Stop)).OrThrow();
        var changed = (await _store.Templates.UpdateAsync(template.Id, "Welcome", Content.Source with { Html = "<p>é</p>" }, Stop)).OrThrow();

        Assert.Equal((1, 2, "<p>é</p>"), (template.Version, changed.Version, changed.Source.Html));
        Assert.Equal(ProblemKind.Conflict, (await _store.Templates.AddAsync("WELCOME", Content.Source, Stop)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await _store.Templates.UpdateAsync(99, "x", Content.Source, Stop)).Problem?.Kind);
        Assert.True(await _store.Templates.DeleteAsync(template.Id, Stop));
        Assert.Null(await _store.Templates.GetAsync(template.Id, Stop));
    }
}
