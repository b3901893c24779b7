using System.Xml.Linq;

namespace MailMarketing.Architecture.Tests;

/// <summary>Whether the compiler's rule holds that every public member is documented (CS1591, an error here).</summary>
public class DocumentationTests
{
    public static TheoryData<Package> Packages => [.. Package.All];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_type_says_what_it_is(Package package)
    {
        var summaries = XDocument.Load(Path.ChangeExtension(package.Assembly.Location, ".xml")).Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value).ToHashSet();

        Breaches.None(
            "Every type that users import has a summary in the package's documentation.",
            package.Assembly.GetExportedTypes()
                .Where(type => type.Namespace == "MailMarketing" && !summaries.Contains($"T:{type.FullName!.Replace('+', '.')}")));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Nothing_lifts_the_rule(Package package)
    {
        var files = Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".editorconfig" or ".razor")
            .Where(file => !Path.GetRelativePath(package.Folder, file).StartsWith("obj", StringComparison.Ordinal))
            .Append(Path.Combine(Package.Root, "Directory.Build.props"));

        Breaches.None("CS1591 is not suppressed.", files.Where(file => File.ReadAllText(file).Contains("1591", StringComparison.Ordinal)));
        Breaches.None(
            "A project leaves these to Directory.Build.props.",
            package.Project.Descendants().Select(property => property.Name.LocalName)
                .Where(name => name is "GenerateDocumentationFile" or "TreatWarningsAsErrors"));
    }
}
