using System.Diagnostics;

namespace MailMarketing.Templates.Scriban.Tests;

public sealed class BombTests
{
    private const string MemoryLimit = "0x10000000"; // 256 MiB

    [Fact]
    public async Task Bombs_of_nesting_are_refused_and_the_process_lives()
    {
        // A stack overflow cannot be caught: it would end the process that runs the tests.
        var program = Path.Combine(AppContext.BaseDirectory, "MailMarketing.Templates.Scriban.Fuzz.dll");
        var start = new ProcessStartInfo("dotnet", [program, "bombs"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["DOTNET_GCHeapHardLimit"] = MemoryLimit },
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(3));
        using var child = Process.Start(start)!;
        try
        {
            var errors = child.StandardError.ReadToEndAsync(deadline.Token);
            var said = await child.StandardOutput.ReadToEndAsync(deadline.Token);
            await child.WaitForExitAsync(deadline.Token);
            Assert.Equal(("alive", "", 0), (said.Trim(), (await errors).Trim(), child.ExitCode));
        }
        finally
        {
            child.Kill();
        }
    }
}
