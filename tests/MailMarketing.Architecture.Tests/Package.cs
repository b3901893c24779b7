using System.Reflection;
using System.Xml.Linq;

namespace MailMarketing.Architecture.Tests;

/// <summary>A package as its project and its built assembly show it.</summary>
public sealed record Package(string Name, string Folder, XDocument Project, Assembly Assembly)
{
    /// <summary>The repository's root: the nearest folder above the tests that has the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>One for each project of src.</summary>
    public static IReadOnlyList<Package> All { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Load)];

    public static Package Core => All.Single(package => package.Name == "MailMarketing.Core");

    /// <summary>The packages of ours that its project names.</summary>
    public IEnumerable<string> NamedPackages => Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

    /// <summary>The packages and frameworks of others that its project names.</summary>
    public IEnumerable<string> NamedDependencies => Includes("PackageReference").Concat(Includes("FrameworkReference"));

    /// <summary>The assemblies that its code uses.</summary>
    public IEnumerable<string> UsedAssemblies => Assembly.GetReferencedAssemblies().Select(name => name.Name!);

    public override string ToString() => Name;

    private static Package Load(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        return new Package(
            name, Path.GetDirectoryName(project)!, XDocument.Load(project),
            Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, name + ".dll")));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MailMarketing.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("MailMarketing.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }

    // A project is written with either slash.
    private IEnumerable<string> Includes(string element) => Project.Descendants(element)
        .Select(item => item.Attribute("Include")!.Value.Replace('\\', '/'));
}
