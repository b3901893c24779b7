namespace MailMarketing.Testing.Tests;

public sealed class TemplateFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;

    [Fact]
    public void Templates_are_read_by_their_files_names()
    {
        Write("b.subject.txt", "Bye\nnot this line");
        Write("b.html", "<p>Bye</p>");
        Write("a.subject.txt", "Hi");
        Write("a.txt", "Hi there");
        var templates = TemplateFolder.Read(_folder);
        Assert.Equal(["a", "b"], templates.Keys);
        Assert.Equal(new TemplateSource { Subject = "Bye", Html = "<p>Bye</p>" }, templates["b"]);
        Assert.Equal(new TemplateSource { Subject = "Hi", Text = "Hi there" }, templates["a"]);
    }

    [Fact]
    public void Markdown_preheaders_translations_layouts_and_partials_are_files_too()
    {
        Write("a.subject.txt", "Hi");
        Write("a.md", "{{ layout 'base' }}\n# Hi {{ name ?? 'you' }}");
        Write("a.preheader.txt", "All of it\n");
        Write("a.de-AT.subject.txt", "Servus");
        Write("a.de-AT.txt", "Grüß dich");
        Write("b.v2.subject.txt", "Second");
        Write("b.v2.html", "<p>2</p>");
        Write("base.layout.html", "<body>{{ content }}{{ include 'foot' }}</body>");
        Write("base.layout.txt", "{{ content }}");
        Write("foot.partial.html", "<p>Foot</p>");

        var templates = TemplateFolder.Read(_folder);

        Assert.Equal(["a", "b.v2"], templates.Keys);
        var a = templates["a"];
        Assert.Equal(("All of it", null, "Hi"), (a.Preheader, a.Html, a.Subject));
        Assert.Equal(("de-AT", "Servus", "Grüß dich"), a.Translations!.Select(one => (one.Key, one.Value.Subject, one.Value.Text)).Single());
        var parts = TemplateFolder.ReadParts(_folder);
        Assert.Equal([("base", TemplateKind.Layout), ("foot", TemplateKind.Partial)], parts.Select(part => (part.Key, part.Value.Kind)).Order());
        using var tester = new TemplateTester(mail => mail.UseScriban()) { Parts = parts };
        Assert.Empty(templates.Values.SelectMany(tester.Check));
        var email = tester.Render(a, SampleContacts.Ordinary);
        Assert.Contains("<p>Foot</p>", email.Html, StringComparison.Ordinal);
        using var without = new TemplateTester(mail => mail.UseScriban());
        Assert.NotEmpty(without.Check(a));
    }

    [Theory]
    [InlineData("a.md", "add a.subject.txt")]
    [InlineData("a.preheader.txt", "add a.subject.txt")]
    [InlineData("a.subject.txt", "a.html, a.txt or both")]
    [InlineData("a.html", "add a.subject.txt")]
    [InlineData("a.txt", "add a.subject.txt")]
    public void Half_a_template_is_refused_with_what_is_missing(string file, string remedy)
    {
        Write(file, "x");
        Assert.Contains(remedy, Assert.Throws<InvalidDataException>(() => TemplateFolder.Read(_folder)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);
}
