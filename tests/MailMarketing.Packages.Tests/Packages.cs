using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MailMarketing.Packages.Tests;

/// <summary>Every package, packed once from what was built, and apps outside the tree that know nothing but them.</summary>
public sealed class Packages : IAsyncLifetime
{
    private readonly string _root = typeof(Packages).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RepositoryRoot").Value!;

    private readonly string _apps = Directory.CreateTempSubdirectory("mailmarketing-apps-").FullName;

    // Never the same twice: NuGet keeps what it has seen once
    private readonly string _version = string.Create(CultureInfo.InvariantCulture, $"0.0.0-test.{DateTime.UtcNow.Ticks}");

    public IReadOnlyList<string> Files { get; private set; } = [];

    private string Folder => Path.Combine(_root, "artifacts", "packages");

    public async ValueTask InitializeAsync()
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Release"
            : "Debug";
        foreach (var project in Directory.GetFiles(Path.Combine(_root, "src"), "*.csproj", SearchOption.AllDirectories))
        {
            await RunAsync(_root, "dotnet", "pack", project, "-c", configuration, "--no-build", "--nologo", "-v", "quiet", $"-p:Version={_version}");
        }

        Files = Directory.GetFiles(Folder, $"*.{_version}.*");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var file in Files)
        {
            File.Delete(file);
        }

        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var folder in Directory.Exists(cache) ? Directory.GetDirectories(cache, "mailmarketing.*") : [])
        {
            foreach (var version in Directory.GetDirectories(folder, _version))
            {
                Directory.Delete(version, recursive: true);
            }
        }

        Directory.Delete(_apps, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Builds a copy of an app; gives the built file.</summary>
    public async Task<string> BuildAsync(string app)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_apps, app)).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(_root, "tests", "MailMarketing.Packages.Tests", "Apps", app)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "nuget.config"),
            $"""<configuration><packageSources><add key="packages" value="{Folder}" /></packageSources></configuration>""");
        await RunAsync(folder, "dotnet", "build", "-o", "out", "--nologo", "-v", "quiet", $"-p:MailMarketingVersion={_version}");
        return Path.Combine(folder, "out", $"{app}.dll");
    }

    /// <summary>Runs a command to its end; gives what it wrote.</summary>
    public static async Task<string> RunAsync(string folder, string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(4));
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)}\n{await output}\n{await error}");
        return await output;
    }
}
