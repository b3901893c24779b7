using System.Text.Json;

namespace MailMarketing.Core.Tests.Client;

public sealed class TemplatesClientTests : IAsyncDisposable
{
    private readonly ClientHarness _harness = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TemplatesClient Templates => _harness.Client.Templates;

    public static TheoryData<string, string, string?, string?, string, string> Wrong => new()
    {
        { "", "s", "h", "t", "scriban", "name" },
        { "n", "", "h", "t", "scriban", "subject" },
        { "n", "  ", "h", "t", "scriban", "subject" },
        { "n", "a\rb", "h", "t", "scriban", "subject" },
        { "n", "a\0b", "h", "t", "scriban", "subject" },
        { "n", new string('s', 256), "h", "t", "scriban", "subject" },
        { "n", "s", null, " ", "scriban", "html" },
        { "n", "s", "a\0b", "t", "scriban", "html" },
        { "n", "s", new string('h', 262_145), "t", "scriban", "html" },
        { "n", "s", "h", new string('t', 262_145), "scriban", "text" },
        { "n", "s", "h", "t", "klingon", "language" },
        { "n", "s", "h", "wrong", "scriban", "text" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_does_not_validate_names_its_field_and_stores_nothing(
        string name, string subject, string? html, string? text, string language, string field)
    {
        var source = new TemplateSource { Subject = subject, Html = html, Text = text, Language = language };
        Assert.Equal(field, Assert.Single((await Templates.AddAsync(name, source, Stop)).Problem!.Errors).Key);
        Assert.Equal(field, Assert.Single((await Templates.UpdateAsync(1, name, source, Stop)).Problem!.Errors).Key);
        Assert.Empty(_harness.Stores.Templates);
    }

    [Fact]
    public void Languages_are_those_registered() => Assert.Equal(["scriban"], Templates.Languages);

    [Fact]
    public async Task A_subject_has_255_code_points_and_no_half_of_one()
    {
        Assert.True((await Check(string.Concat(Enumerable.Repeat("😀", 255)))).Succeeded);
        Assert.Equal("subject", Assert.Single((await Check("a" + '\ud800' + "b")).Problem!.Errors).Key);

        Task<Result<TemplateSource>> Check(string subject) => Templates.CheckAsync(new() { Subject = subject, Text = "t" }, Stop);
    }

    [Fact]
    public async Task A_preview_without_a_contact_shows_sample_data()
    {
        var template = (await Templates.AddAsync("t", new() { Subject = "s", Text = "t" }, Stop)).OrThrow();
        Assert.Equal("Ada Lovelace of ", (await Templates.PreviewAsync(template.Id, null, Stop)).OrThrow().Text);
    }

    [Fact]
    public async Task A_preview_shows_the_contacts_own_data()
    {
        var template = (await Templates.AddAsync("t", new() { Subject = "s", Text = "t" }, Stop)).OrThrow();
        var attributes = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{"city":"Paris","n":1.5,"x":{"a":[1,null,true]}}""")!;
        var contact = (await _harness.Client.Contacts.AddAsync(
            new() { Email = "b@example.org", Name = "Bob", Attributes = attributes }, Stop)).OrThrow();

        Assert.Equal("Bob of Paris", (await Templates.PreviewAsync(template.Id, contact.Id, Stop)).OrThrow().Text);
    }

    [Fact]
    public async Task A_preview_of_nothing_or_for_nobody_is_NotFound()
    {
        var template = (await Templates.AddAsync("t", new() { Subject = "s", Text = "t" }, Stop)).OrThrow();
        Assert.Equal("There is no template 99.", (await Templates.PreviewAsync(99, null, Stop)).Problem!.Detail);
        Assert.Equal("There is no contact 99.", (await Templates.PreviewAsync(template.Id, 99, Stop)).Problem!.Detail);
    }

    [Fact]
    public async Task A_preview_that_does_not_render_says_why()
    {
        var result = await Templates.PreviewAsync(new TemplateSource { Subject = "s", Text = "breaks" }, null, Stop);
        Assert.Equal((ProblemKind.Invalid, "This contact has no name."), (result.Problem!.Kind, result.Problem.Detail));
    }

    [Fact]
    public async Task A_preview_for_several_people_shows_each_their_own_and_refuses_one_alone()
    {
        var city = new Dictionary<string, JsonElement> { ["city"] = JsonSerializer.SerializeToElement("Ulm") };
        SampleContact[] people =
        [
            SampleContacts.OtherScript, new("Nobody", new() { Email = "nobody@example.org" }),
            new("From Ulm", new() { Email = "b@example.org", Attributes = city }),
        ];
        var shown = await Templates.PreviewEachAsync(new() { Subject = "s", Text = "t" }, people, Stop);
        Assert.Equal(["太郎 𠮷田 of ", null, "b@example.org of Ulm"], shown.Select(one => one.Value?.Text));
        Assert.Equal((ProblemKind.Invalid, "This contact has no name."), (shown[1].Problem!.Kind, shown[1].Problem!.Detail));
    }

    [Fact]
    public async Task A_preview_for_several_people_of_a_template_with_mistakes_shows_nobody_anything()
    {
        SampleContact[] people = [SampleContacts.Ordinary, SampleContacts.AddressOnly];
        var shown = await Templates.PreviewEachAsync(new() { Subject = "s", Text = "wrong" }, people, Stop);
        Assert.Equal([5, 5], shown.Select(one => Assert.Single(one.Problem!.Mistakes).Column));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
