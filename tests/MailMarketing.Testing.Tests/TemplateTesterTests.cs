namespace MailMarketing.Testing.Tests;

public sealed class TemplateTesterTests : IDisposable
{
    private readonly TemplateTester _mail = new(mail => mail.UseScriban());

    private static TemplateSource Hello { get; } = new()
    {
        Subject = "Hello {{ first_name ?? 'you' }}",
        Html = "<p>Dear <b>{{ name }}</b> of {{ attributes.city ?? 'town' }}</p>",
        Text = "Dear {{ name }}\r\n\r\nBye  ",
    };

    [Fact]
    public void A_snapshot_has_headers_text_and_an_element_to_a_line() => Assert.Equal(
        """
        === Ordinary ===
        From: Example <news@example.org>
        To: Ada Lovelace <ada@example.org>
        Subject: Hello Ada
        --- text ---
        Dear Ada Lovelace

        Bye
        --- html ---
        <html>
          <head></head>
          <body>
            <p>Dear
              <b>Ada Lovelace</b>
              of Ulm</p>
          </body>
        </html>

        === Address only ===
        From: Example <news@example.org>
        To: someone@example.org
        Subject: Hello you
        --- text ---
        Dear someone@example.org

        Bye
        --- html ---
        <html>
          <head></head>
          <body>
            <p>Dear
              <b>someone@example.org</b>
              of town</p>
          </body>
        </html>

        """.ReplaceLineEndings("\n"),
        _mail.Snapshot(Hello, [.. new[] { SampleContacts.Ordinary }.With(new { city = "Ulm" }), SampleContacts.AddressOnly]));

    [Fact]
    public void Sample_contacts_are_in_the_segments_that_they_are_put_in()
    {
        var source = new TemplateSource { Subject = "{{ if segments | array.contains 'VIP' }}Gold{{ else }}Lead{{ end }}", Text = "t" };
        using var mail = new TemplateTester(mail => mail.UseScriban()) { Segments = new HashSet<string> { "Readers" } };

        Assert.Equal("Lead", mail.Render(source, SampleContacts.Ordinary).Subject);
        Assert.Equal("Gold", mail.Render(source, SampleContacts.All.In("Readers", "VIP")[0]).Subject);
        Assert.Contains("Subject: Gold", mail.Snapshot(source, SampleContacts.Ordinary with { Segments = ["VIP"] }), StringComparison.Ordinal);
        Assert.Contains("There is no segment `VIP`", Assert.Single(mail.Warnings(source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_gives_the_same_text_and_what_is_escaped_is_seen()
    {
        var snapshot = _mail.Snapshot(Hello, SampleContacts.All);
        Assert.Equal(snapshot, _mail.Snapshot(Hello, SampleContacts.All));
        Assert.Contains("&lt;b&gt;Mark&lt;/b&gt;", snapshot, StringComparison.Ordinal);
        Assert.Contains("{{ 7 * 7 }}", snapshot, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', snapshot);
    }

    [Fact]
    public void A_template_of_text_alone_has_no_html_part() => Assert.DoesNotContain(
        "--- html", _mail.Snapshot(new TemplateSource { Subject = "Hi", Text = "Hi" }, SampleContacts.Ordinary), StringComparison.Ordinal);

    [Fact]
    public void Mistakes_are_told_with_their_places()
    {
        var wrong = new TemplateSource { Subject = "Hi", Text = "Dear\n{{ nmae }}" };
        Assert.Equal(("text", 2), _mail.Check(wrong).Select(mistake => (mistake.Part, mistake.Line)).Single());
        var failure = Assert.Throws<TemplateException>(() => _mail.Snapshot(wrong, SampleContacts.All));
        Assert.StartsWith("text, line 2, column", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_cannot_be_rendered_is_named()
    {
        var picky = new TemplateSource { Subject = "Hi", Text = "{{ attributes.city }}" };
        var failure = Assert.Throws<TemplateException>(() => _mail.Snapshot(
            picky, [.. new[] { SampleContacts.Ordinary }.With(new { city = "Ulm" }), SampleContacts.AddressOnly]));
        Assert.StartsWith("Address only: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_language_and_a_tester_without_any_are_refused_with_the_remedy()
    {
        Assert.Contains("scriban", Assert.Throws<TemplateException>(() => _mail.Check(Hello with { Language = "latin" })).Message, StringComparison.Ordinal);
        Assert.Contains("UseScriban", Assert.Throws<ArgumentException>(() => new TemplateTester(_ => { })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sample_contact_is_one_that_the_product_takes()
    {
        Assert.Equal(SampleContacts.All.Count, SampleContacts.All.Select(person => person.Label).Distinct().Count());
        Assert.All(SampleContacts.All, person =>
        {
            Assert.True(EmailAddress.TryParse(person.Contact.Email, out _, out var mistake), mistake);
            Assert.True((person.Contact.Name?.Length ?? 0) <= Limits.Name);
        });
    }

    public void Dispose() => _mail.Dispose();
}
