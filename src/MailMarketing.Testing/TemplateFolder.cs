using System.Text.RegularExpressions;

namespace MailMarketing;

/// <summary>Templates as files, so that they are reviewed and tested as code is.</summary>
public static partial class TemplateFolder
{
    private const string Subject = ".subject.txt";
    private const string Preheader = ".preheader.txt";

    private static readonly string[] Bodies = [".html", ".md", ".txt"];

    /// <summary>
    /// Every email of a folder by its name: <c>welcome.subject.txt</c> (its first line), and <c>welcome.html</c> or <c>welcome.md</c>
    /// (Markdown), <c>welcome.txt</c>, or both; <c>welcome.preheader.txt</c> may stand beside them. <c>welcome.de.subject.txt</c> and its like
    /// are the German translation of <c>welcome</c>.
    /// </summary>
    /// <param name="folder">The folder, not those below it.</param>
    /// <param name="language">The language that they are written in; default <c>scriban</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">A template has a subject and no body, or a body and no subject; it is named.</exception>
    public static IReadOnlyDictionary<string, TemplateSource> Read(string folder, string language = "scriban")
    {
        var files = FilesOf(folder).Where(file => !IsPart(file)).ToHashSet(StringComparer.Ordinal);
        var names = files.Where(file => file.EndsWith(Subject, StringComparison.Ordinal)).Select(file => file[..^Subject.Length])
            .ToHashSet(StringComparer.Ordinal);
        Judge(files, names);
        return new SortedDictionary<string, TemplateSource>(
            names.Where(name => TranslationOf(name, names) is null).ToDictionary(name => name, ReadOne), StringComparer.Ordinal);

        TemplateSource ReadOne(string name)
        {
            var translations = names.Where(other => TranslationOf(other, names) == name)
                .ToDictionary(other => other[(name.Length + 1)..], ReadTranslation);
            return new TemplateSource
            {
                Subject = SubjectOf(name), Html = Text(name, ".html"), Markdown = Text(name, ".md"), Text = Text(name, ".txt"),
                Preheader = Text(name, Preheader)?.Trim(), Language = language, Translations = translations.Count == 0 ? null : translations,
            };
        }

        TemplateTranslation ReadTranslation(string name) => new()
        {
            Subject = SubjectOf(name), Html = Text(name, ".html"), Markdown = Text(name, ".md"), Text = Text(name, ".txt"),
            Preheader = Text(name, Preheader)?.Trim(),
        };

        string SubjectOf(string name) => File.ReadLines(Path.Combine(folder, name + Subject)).FirstOrDefault() ?? "";

        string? Text(string name, string ending) => files.Contains(name + ending) ? File.ReadAllText(Path.Combine(folder, name + ending)) : null;
    }

    /// <summary>
    /// The layouts and partials of a folder by their names, for <see cref="TemplateTester.Parts"/>: <c>base.layout.html</c>,
    /// <c>footer.partial.html</c>, and <c>.txt</c> beside or in place of each.
    /// </summary>
    /// <param name="folder">The folder, not those below it.</param>
    /// <param name="language">The language that they are written in; default <c>scriban</c>.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyDictionary<string, TemplateSource> ReadParts(string folder, string language = "scriban") => FilesOf(folder)
        .Select(file => Part().Match(file)).Where(match => match.Success)
        .GroupBy(match => match.Groups["name"].Value, StringComparer.Ordinal)
        .ToDictionary(
            part => part.Key,
            part => new TemplateSource
            {
                Subject = "", Language = language, Html = Text(folder, part, "html"), Text = Text(folder, part, "txt"),
                Kind = part.First().Groups["kind"].Value == "layout" ? TemplateKind.Layout : TemplateKind.Partial,
            },
            StringComparer.OrdinalIgnoreCase);

    private static void Judge(HashSet<string> files, HashSet<string> names)
    {
        if (names.FirstOrDefault(name => !Bodies.Any(ending => files.Contains(name + ending))) is { } empty)
        {
            throw new InvalidDataException($"Template {empty} has a subject and no body: add {empty}.html, {empty}.txt or both.");
        }

        foreach (var file in files.Where(file => Bodies.Any(ending => file.EndsWith(ending, StringComparison.Ordinal))))
        {
            var ending = new[] { Subject, Preheader }.Concat(Bodies).First(ending => file.EndsWith(ending, StringComparison.Ordinal));
            if (file[..^ending.Length] is var name && !names.Contains(name))
            {
                throw new InvalidDataException($"{file} has no subject: add {name}{Subject}.");
            }
        }
    }

    /// <summary>The email that a name with a language tag at its end is a translation of; null where it is an email of its own.</summary>
    private static string? TranslationOf(string name, HashSet<string> names) =>
        Translation().Match(name) is { Success: true } match && names.Contains(match.Groups["name"].Value) ? match.Groups["name"].Value : null;

    private static IEnumerable<string> FilesOf(string folder) => Directory.GetFiles(folder).Select(file => Path.GetFileName(file));

    private static bool IsPart(string file) => Part().IsMatch(file);

    private static string? Text(string folder, IEnumerable<Match> part, string ending) =>
        part.FirstOrDefault(match => match.Groups["ending"].Value == ending) is { } found
            ? File.ReadAllText(Path.Combine(folder, found.Value))
            : null;

    [GeneratedRegex(@"\A(?<name>.+)\.(?<kind>layout|partial)\.(?<ending>html|txt)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Part();

    [GeneratedRegex(@"\A(?<name>.+)\.[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z", RegexOptions.NonBacktracking)]
    private static partial Regex Translation();
}
