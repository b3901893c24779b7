using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailMarketing.EndToEnd;

/// <summary>A gateway that takes everything at once, in a process of its own.</summary>
internal sealed class Sink : IDisposable
{
    private const string Sign = "The sink listens on ";

    private readonly Process _process;

    private Sink(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public Process Process => _process;

    /// <summary>Seconds of processor time so far.</summary>
    public double Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public static async Task<Sink> StartAsync(TimeSpan late = default)
    {
        var delay = late.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Sink).Assembly.Location, "--sink", delay]) { RedirectStandardOutput = true })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Sign, StringComparison.Ordinal))
            {
                return new Sink(process, new Uri(line[Sign.Length..]));
            }
        }

        throw new InvalidOperationException("The sink did not start.");
    }

    public static async Task<int> RunAsync(string delay)
    {
        var late = TimeSpan.FromMilliseconds(double.Parse(delay, CultureInfo.InvariantCulture));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var answer = """{"message_id":"1"}"""u8.ToArray();
        app.MapPost("/", async context =>
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }

            if (late > TimeSpan.Zero)
            {
                await Task.Delay(late, TimeProvider.System, context.RequestAborted);
            }

            (context.Response.StatusCode, context.Response.ContentType, context.Response.ContentLength) = (202, "application/json", answer.Length);
            await context.Response.BodyWriter.WriteAsync(answer, context.RequestAborted);
        });
        await app.StartAsync();
        Console.WriteLine(Sign + app.Urls.Single());
        await app.WaitForShutdownAsync();
        return 0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
