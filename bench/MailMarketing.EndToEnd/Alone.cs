using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MailMarketing.EndToEnd;

/// <summary>One campaign in a process of its own, so that its memory is its own too.</summary>
internal static class Alone
{
    private const int WarmUp = 5_000;

    /// <summary>Starts the process and waits for it.</summary>
    public static async Task<Outcome> StartAsync(string postgres, Uri gateway, int recipients, int connections, string schema)
    {
        string[] arguments =
        [
            typeof(Alone).Assembly.Location, "--alone", postgres, gateway.ToString(), schema,
            recipients.ToString(CultureInfo.InvariantCulture), connections.ToString(CultureInfo.InvariantCulture),
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Outcome>(output)!
            : throw new InvalidOperationException($"The campaign of {recipients} did not end: {output}");
    }

    /// <summary>Starts a process that helps to send until it is disposed of.</summary>
    public static async Task<IDisposable> StartBesideAsync(string postgres, Uri gateway, int connections, string schema)
    {
        string[] arguments =
        [
            typeof(Alone).Assembly.Location, "--beside", postgres, gateway.ToString(), schema, connections.ToString(CultureInfo.InvariantCulture),
        ];
        var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadLineAsync();
        return new Helper(process);
    }

    public static async Task<int> BesideAsync(string[] args)
    {
        var (postgres, gateway, schema, connections) = (args[0], new Uri(args[1]), args[2], int.Parse(args[3], CultureInfo.InvariantCulture));
        await using var product = await Product.StartAsync(mail => mail.UsePostgres(postgres, options => options.Schema = schema), gateway, connections);
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var (postgres, gateway, schema) = (args[0], new Uri(args[1]), args[2]);
        var (recipients, connections) = (int.Parse(args[3], CultureInfo.InvariantCulture), int.Parse(args[4], CultureInfo.InvariantCulture));
        await using var product = await Product.StartAsync(mail => mail.UsePostgres(postgres, options => options.Schema = schema), gateway, connections);
        await product.PrepareAsync(WarmUp);
        await product.SendAsync(WarmUp);
        await product.PrepareAsync(recipients);
        var started = Stopwatch.GetTimestamp();
        await product.SendAsync(recipients);
        var rate = recipients / Stopwatch.GetElapsedTime(started).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(JsonSerializer.Serialize(new Outcome(rate, process.PeakWorkingSet64 / 1024.0 / 1024.0)));
        return 0;
    }

    private sealed class Helper(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }

    /// <summary>What came of it.</summary>
    /// <param name="Rate">Emails a second.</param>
    /// <param name="Peak">The most memory that the process had, in MiB.</param>
    internal sealed record Outcome(double Rate, double Peak);
}
