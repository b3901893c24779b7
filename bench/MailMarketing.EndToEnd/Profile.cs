using System.Diagnostics;

namespace MailMarketing.EndToEnd;

/// <summary>Where the processor time of an email goes: a campaign in this process, sampled by perf, in microseconds of one core by part.</summary>
/// <remarks>Wants DOTNET_PerfMapEnabled=1 and DOTNET_EnableWriteXorExecute=0, or what .NET compiled has no names.</remarks>
internal static class Profile
{
    private const int WarmUp = 20_000;

    // So many that it goes on for longer than it is looked at
    private const int Recipients = 300_000;

    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _window = TimeSpan.FromSeconds(6);

    // The first whose word is in a stack has the sample
    private static readonly (string Part, string[] Words)[] _parts =
    [
        ("collecting garbage", ["gc_heap", "WKS::", "SVR::"]),
        ("compiling", ["libclrjit"]),
        ("rendering", ["SliceRenderer", "RenderContext", "ScribanPart"]),
        ("composing the message, with its links", ["MessageComposer", "RecipientLinks"]),
        ("JSON of the message", ["MessageJson"]),
        ("PostgreSQL's driver, Dapper and the store", ["Npgsql", "Dapper", "Storage.Postgres"]),
        ("HTTP", ["System.Net.Http", "HttpEmailGateway"]),
        ("kernel: writing to sockets", ["sys_sendto", "sys_sendmsg"]),
        ("kernel: reading from sockets", ["sys_recv", "sys_epoll"]),
        ("threads that wait and wake each other", ["sched_yield", "futex", "LowLevel"]),
        ("the rest of the kernel", ["[kernel"]),
        ("the rest of the runtime and the engine", [""]),
    ];

    public static async Task<List<Row>> RunAsync(string postgres)
    {
        using var sink = await Sink.StartAsync();
        await using var product = await Product.StartAsync(mail => mail.UsePostgres(postgres, options => options.Schema = "profile"), sink.Address);
        await product.PrepareAsync(WarmUp);
        await product.SendAsync(WarmUp);
        await product.PrepareAsync(Recipients);
        var campaign = await product.AddCampaignAsync();
        await product.StartCampaignAsync(campaign);
        await product.UntilAsync(campaign, now => now.Counts.Success > 0);
        await Task.Delay(_settling, TimeProvider.System);

        var meter = await Meter.OfAsync(postgres, sink.Process);
        var (before, sent) = (meter.Now, await SentAsync());
        var data = Path.GetTempFileName();
        await PerfAsync(
            "record", "-q", "-F", "999", "-g", "-e", "cpu-clock", "-o", data, "-p", $"{Environment.ProcessId}", "--", "sleep", $"{_window.TotalSeconds}");
        var (used, emails) = (meter.Now - before, await SentAsync() - sent);
        var samples = await FoldAsync(data);
        File.Delete(data);

        var own = used.Own * 1e6 / emails;
        Console.WriteLine(
            $"\n{emails / _window.TotalSeconds:0} emails a second; microseconds for each: {own:0.0} here, {used.Postgres * 1e6 / emails:0.0} in PostgreSQL, " +
            $"{used.Helpers * 1e6 / emails:0.0} in the gateway. Of those here:");
        foreach (var (part, n) in samples.OrderByDescending(sample => sample.Value))
        {
            Console.WriteLine($"{part,-45}{own * n / samples.Values.Sum(),6:0.0}");
        }

        return [];

        async Task<long> SentAsync() => (await product.UntilAsync(campaign, _ => true)).Counts.Success;
    }

    private static async Task PerfAsync(params string[] arguments)
    {
        using var perf = Process.Start("perf", arguments);
        await perf.WaitForExitAsync();
    }

    private static async Task<Dictionary<string, int>> FoldAsync(string data)
    {
        var samples = new Dictionary<string, int>();
        using var perf = Process.Start(new ProcessStartInfo("perf", ["script", "-i", data, "-F", "ip,sym,dso"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = perf.StandardError.ReadToEndAsync();
        var stack = new List<string>();
        while (await perf.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                stack.Add(line);
                continue;
            }

            Count();
        }

        Count();
        await errors;
        return samples;

        void Count()
        {
            if (stack.Count > 0)
            {
                var part = _parts.First(part => part.Words.Any(word => stack.Exists(frame => frame.Contains(word, StringComparison.Ordinal)))).Part;
                samples[part] = samples.GetValueOrDefault(part) + 1;
                stack.Clear();
            }
        }
    }
}
