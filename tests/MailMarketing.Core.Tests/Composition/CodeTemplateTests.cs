using MailMarketing.Core.Tests.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailMarketing.Core.Tests.Composition;

public sealed class CodeTemplateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_template_refuses_the_start_with_its_name_line_and_column()
    {
        using var host = HostWith(builder => builder
            .AddTemplate("base", new() { Subject = "", Html = "{{ content }}", Kind = TemplateKind.Layout })
            .AddTemplate("welcome", new() { Subject = "Hi {{ nam }}", Html = "{{ layout 'base' }}\n<p>{{ emial }}</p>" })
            .AddTemplate("ring", new() { Subject = "", Html = "{{ include 'ring' }}", Kind = TemplateKind.Partial })
            .AddTemplate("empty", new() { Subject = "s" }));

        var mistake = await Assert.ThrowsAsync<MailMarketingException>(() => host.StartAsync(Stop));

        foreach (var words in new[]
        {
            "Template welcome: subject, line 1, column 7: There is no field or function `nam`",
            "Template welcome: html, line 2, column 7: There is no field or function `emial`",
            "Template ring: ring, html, line 1, column 1: `ring` would contain itself",
            "Template empty: The template needs an HTML part",
        })
        {
            Assert.Contains(words, mistake.Message, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Template base", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_templates_start()
    {
        using var host = HostWith(builder => builder
            .AddContactModel<Reader>()
            .AddTemplate("footer", new() { Subject = "", Html = "{{ attributes.city }}", Kind = TemplateKind.Partial })
            .AddTemplate("welcome", new() { Subject = "Hi", Html = "{{ include 'footer' }}{{ attributes.plan ?? 'free' }}" }));
        await host.StartAsync(Stop);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task The_contact_model_counts_for_templates_in_code()
    {
        using var host = HostWith(builder => builder
            .AddContactModel<Reader>().AddTemplate("welcome", new() { Subject = "Hi", Html = "{{ attributes.citty }}" }));
        var mistake = await Assert.ThrowsAsync<MailMarketingException>(() => host.StartAsync(Stop));
        const string Words = "column 4: `attributes` has no member `citty`. Did you mean `attributes.city`?";
        Assert.Contains(Words, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_warns_of_what_may_be_missing_and_of_what_is_never_reached()
    {
        using var host = HostWith(builder => builder.AddContactModel<Reader>());
        using var scope = host.Services.CreateScope();
        var templates = scope.ServiceProvider.GetRequiredService<TemplatesClient>();
        var source = new TemplateSource { Subject = "s", Html = "{{ attributes.plan }}{{ if false }}x{{ end }}", Text = "t" };

        Assert.True((await templates.CheckAsync(source, Stop)).Succeeded);
        var warnings = await templates.WarningsAsync(source, Stop);

        Assert.Equal([(1, 4), (1, 34)], warnings.Select(one => (one.Line, one.Column)));
        Assert.All(warnings, one => Assert.Equal(TemplateSeverity.Warning, one.Severity));
        Assert.Contains("gets no email", warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains("never reached", warnings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_warns_of_segments_that_there_are_not()
    {
        using var host = HostWith(_ => { });
        var (templates, segments) = (host.Services.GetRequiredService<TemplatesClient>(), host.Services.GetRequiredService<SegmentsClient>());
        (await segments.AddAsync("VIP", Stop)).OrThrow();

        Assert.Equal(
            [null, "There is no segment `VIPs`, so that nobody is in it. Did you mean `VIP`?"],
            new[] { await WarningAsync("VIP"), await WarningAsync("VIPs") });

        async Task<string?> WarningAsync(string segment) => (await templates.WarningsAsync(
            new() { Subject = "s", Html = $"{{{{ if segments | array.contains '{segment}' }}}}x{{{{ end }}}}", Text = "t" }, Stop)).SingleOrDefault()?.Message;
    }

    [Fact]
    public async Task The_client_tells_what_can_be_written()
    {
        using var host = HostWith(builder => builder
            .AddContactModel<Buyer>()
            .AddTemplate("base", new() { Subject = "", Html = "{{ content }}", Kind = TemplateKind.Layout })
            .AddTemplate("welcome", new() { Subject = "s", Html = "h" }));
        var templates = host.Services.GetRequiredService<TemplatesClient>();
        (await templates.AddAsync("footer", new() { Subject = "", Html = "f", Kind = TemplateKind.Partial }, Stop)).OrThrow();

        var scriban = await templates.VocabularyAsync("scriban", Stop);
        Assert.Equal(
            ["attributes", "attributes.address", "attributes.address.city", "attributes.orders", "attributes.orders[].title", "email"],
            scriban.Fields.Where(field => field == "email" || field.StartsWith("attributes", StringComparison.Ordinal)));
        Assert.Contains("segments", scriban.Fields);
        Assert.Equal("base", Assert.Single(scriban.Layouts));
        Assert.Equal("footer", Assert.Single(scriban.Partials));
        Assert.Contains("string.upcase", scriban.Functions);
        Assert.Contains("for", scriban.Keywords);

        var braces = await templates.VocabularyAsync("braces", Stop);
        Assert.Empty(braces.Functions.Concat(braces.Keywords).Concat(braces.Layouts).Concat(braces.Partials));
    }

    private static IHost HostWith(Action<MailMarketingBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        add(builder.Services.AddMailMarketing().UseScriban().AddGateway<FakeGateway>("bulk"));
        builder.Services.AddStores(new FakeStores());
        return builder.Build();
    }

    private sealed record Reader(string City, string? Plan);

    private sealed record Buyer(Address Address, IReadOnlyList<Order> Orders);

    private sealed record Address(string City);

    private sealed record Order(string Title);
}
