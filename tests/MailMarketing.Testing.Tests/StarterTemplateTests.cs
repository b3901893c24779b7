namespace MailMarketing.Testing.Tests;

/// <summary>The emails to begin with, as each kind of contact gets them.</summary>
public sealed class StarterTemplateTests : IDisposable
{
    private readonly TemplateTester _mail = new(mail => mail.UseScriban()) { From = new Mailbox("Your company", "hello@example.org") };

    public static TheoryData<string> Names => [.. StarterTemplates.All.Select(starter => starter.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_has_neither_mistakes_nor_doubts(string name) =>
        Assert.Empty(_mail.Check(Source(name)).Concat(_mail.Warnings(Source(name))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_comes_out_for_every_contact(string name) => _mail.Snapshot(
        Source(name),
        SampleContacts.All.Take(3).With(new
        {
            order_number = "A-1042", total = 27.5,
            lines = new[] { new { title = "Tea, 250 g", price = 7.5 }, new { title = "Mug", price = 20.0 } },
            items = new[] { new { title = "A long walk", url = "https://www.example.com/walk", summary = "Along the river, by night." } },
        }).Append(SampleContacts.AddressOnly).Append(SampleContacts.RightToLeft)).MatchSnapshot($"Starter.{name}");

    [Fact]
    public void They_are_tables_of_600_pixels_for_light_and_dark_and_below_the_size_that_is_cut()
    {
        Assert.All(StarterTemplates.All, starter =>
        {
            var html = starter.Source.Html!;
            Assert.Contains("width=\"600\"", html, StringComparison.Ordinal);
            Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
            Assert.Contains("{{ unsubscribe_url }}", html, StringComparison.Ordinal);
            Assert.DoesNotContain("@content", html, StringComparison.Ordinal);
            Assert.InRange(html.Length, 1_000, 20_000);
        });
    }

    public void Dispose() => _mail.Dispose();

    private static TemplateSource Source(string name) => StarterTemplates.All.Single(starter => starter.Name == name).Source;
}
