namespace MailMarketing;

/// <summary>Templates as files, so that they are reviewed and tested as code is.</summary>
public static class TemplateFolder
{
    private const string Subject = ".subject.txt";

    /// <summary>
    /// Every template of a folder by its name: <c>welcome.subject.txt</c> (its first line), and <c>welcome.html</c>, <c>welcome.txt</c> or both.
    /// </summary>
    /// <param name="folder">The folder, not those below it.</param>
    /// <param name="language">The language that they are written in; default <c>scriban</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A template has a subject and no body, or a body and no subject; it is named.</exception>
    public static IReadOnlyDictionary<string, TemplateSource> Read(string folder, string language = "scriban")
    {
        var files = Directory.GetFiles(folder).Select(Path.GetFileName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var templates = new SortedDictionary<string, TemplateSource>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.EndsWith(Subject, StringComparison.Ordinal)))
        {
            var name = file[..^Subject.Length];
            if (!files.Contains($"{name}.html") && !files.Contains($"{name}.txt"))
            {
                throw new InvalidDataException($"Template {name} has a subject and no body: add {name}.html, {name}.txt or both.");
            }

            templates[name] = new TemplateSource
            {
                Subject = File.ReadLines(Path.Combine(folder, file)).FirstOrDefault() ?? "",
                Html = Part($"{name}.html"),
                Text = Part($"{name}.txt"),
                Language = language,
            };
        }

        var orphan = files.FirstOrDefault(file => (file.EndsWith(".html", StringComparison.Ordinal) || file.EndsWith(".txt", StringComparison.Ordinal))
            && !file.EndsWith(Subject, StringComparison.Ordinal) && !templates.ContainsKey(Path.GetFileNameWithoutExtension(file)));
        return orphan is null
            ? templates
            : throw new InvalidDataException($"{orphan} has no subject: add {Path.GetFileNameWithoutExtension(orphan)}{Subject}.");

        string? Part(string file) => files.Contains(file) ? File.ReadAllText(Path.Combine(folder, file)) : null;
    }
}
