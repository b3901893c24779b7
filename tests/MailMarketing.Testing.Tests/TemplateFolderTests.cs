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

    [Theory]
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
