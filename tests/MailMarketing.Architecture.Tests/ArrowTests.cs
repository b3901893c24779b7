using System.Runtime.CompilerServices;

namespace MailMarketing.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public class ArrowTests
{
    private const string Abstractions = "MailMarketing.Abstractions";
    private const string Core = "MailMarketing.Core";

    // The packages of ours that a kind of package may use. A name that ends in a dot stands for all that begin with it.
    private static readonly (string Kind, string[] May)[] Arrows =
    [
        (Abstractions, []),
        (Core, [Abstractions]),
        ("MailMarketing.Templates.", [Abstractions]),
        ("MailMarketing.Storage.", [Abstractions]),
        ("MailMarketing.Gateway.", [Abstractions]),
        ("MailMarketing.AspNetCore", [Abstractions, Core]),
        ("MailMarketing.Dashboard", [Abstractions, Core]),
        ("MailMarketing.Testing", ["MailMarketing."]),
    ];

    // Packages that may see another's internals, beside its own tests.
    private static readonly (string Package, string Sees)[] Insiders =
    [
        // The wire judges headers and settings by Core's rules, and the unsubscribe page reads its links.
        (Core, "MailMarketing.AspNetCore"),

        // The engine is run on simulated time, by one thread.
        (Core, "MailMarketing.Simulation"),

        // What a command leads to stands in one table, which the client and every storage read.
        (Abstractions, "MailMarketing.Core"),
        (Abstractions, "MailMarketing.Core.Tests"),

        // How records become text, and pages cursors, is the same in every storage.
        (Abstractions, "MailMarketing.Storage.Postgres"),
        (Abstractions, "MailMarketing.Storage.Redis"),
        (Abstractions, "MailMarketing.Storage.Sqlite"),
    ];

    public static TheoryData<Package> Packages => [.. Package.All];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_knows_only_those_it_may(Package package)
    {
        var (kind, may) = Arrows.FirstOrDefault(arrow => Stands(arrow.Kind, package.Name));
        Assert.True(kind is not null, $"{package} is of no kind that is known here; say in {nameof(Arrows)} whom it may use.");

        var known = package.NamedPackages.Concat(package.UsedAssemblies.Where(name => Stands("MailMarketing.", name))).Distinct();

        Breaches.None(
            $"{package} may use {(may.Length == 0 ? "none of our packages" : string.Join(", ", may))}.",
            known.Where(name => !may.Any(allowed => Stands(allowed, name))));
    }

    [Fact]
    public void Abstractions_rests_on_abstractions_alone()
    {
        var package = Package.All.Single(package => package.Name == Abstractions);

        Breaches.None(
            $"{package} rests on Microsoft.Extensions.*.Abstractions alone.",
            package.NamedDependencies.Concat(package.UsedAssemblies).Where(name => !IsPlatform(name) && !IsAbstract(name)));

        static bool IsPlatform(string name) => Stands("System.", name);

        // Options has no package of abstractions of its own.
        static bool IsAbstract(string name) => name is "Microsoft.Extensions.Options"
            || (Stands("Microsoft.Extensions.", name) && name.EndsWith(".Abstractions", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Internals_are_shown_to_its_own_tests_and_to_named_insiders(Package package)
    {
        var shown = package.Assembly.GetCustomAttributes(typeof(InternalsVisibleToAttribute), inherit: false)
            .Cast<InternalsVisibleToAttribute>().Select(attribute => attribute.AssemblyName).Where(name => name != package.Name + ".Tests");

        Assert.Equal(Insiders.Where(insider => insider.Package == package.Name).Select(insider => insider.Sees), shown);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Package.Root, "MailMarketing.sln")).Replace('\\', '/');

        // Apps are built outside the tree, from packages
        var projects = new[] { "src", "tests", "samples" }.SelectMany(folder => Directory.GetFiles(
            Path.Combine(Package.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(project => !project.Contains($"{Path.DirectorySeparatorChar}Apps{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Breaches.None(
            "MailMarketing.sln has every project, since it is what is built and tested.",
            projects.Select(project => Path.GetRelativePath(Package.Root, project).Replace('\\', '/'))
                .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)));
    }

    private static bool Stands(string kind, string name) =>
        kind.EndsWith('.') ? name.StartsWith(kind, StringComparison.Ordinal) : name == kind;
}
