using System.Diagnostics;
using Dapper;
using MailMarketing.StorageCases;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Storage.Sqlite.Tests;

/// <summary>
/// A process that works on the files is killed again and again, or finds no room for more; what it said to be committed must be there.
/// </summary>
public sealed class SqliteKillTests : IDisposable
{
    private const int Kills = 5;
    private const int Disks = 12;
    private const int People = 2000;

    private readonly string _folder = Directory.CreateTempSubdirectory("mail-").FullName;
    private readonly Lock _lock = new();
    private readonly List<string[]> _said = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Kills_at_any_moment_lose_nothing_that_was_committed_and_repeat_nothing()
    {
        await SeedAsync();
        for (var run = 1; run <= Kills; run++)
        {
            Assert.Equal(128 + 9, await RunAsync(run, killAfter: Random.Shared.Next(1, 200)));
            CheckFiles();
            CheckDeliveries();
        }

        Assert.Equal(0, await RunAsync(Kills + 1));
        await CheckEndAsync();
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_that_was_committed_and_repeats_nothing()
    {
        await SeedAsync();
        var (run, interrupted) = (0, 0);
        for (var code = -1; code != 0;)
        {
            Assert.True(++run <= Disks, $"It has not ended on {Disks} disks, each with more room than the one before.");
            var (room, before) = (128 * run * run, _said.Count);
            code = await RunAsync(run, room: room);
            CheckFiles();
            CheckDeliveries();
            interrupted += code != 0 && _said.Count > before ? 1 : 0;
            TestContext.Current.TestOutputHelper!.WriteLine($"{room} KiB: {_said.Count - before} lines, exit code {code}");
        }

        Assert.True(interrupted > 1, "No full disk interrupted it while it worked.");
        await CheckEndAsync();
    }

    [Fact]
    public async Task Two_processes_share_the_files()
    {
        await SeedAsync();

        // Neither goes on before both have begun, so that neither finds nothing left
        using var begun = new CountdownEvent(2);
        var codes = await Task.WhenAll(RunAsync(1, begun: begun), RunAsync(2, begun: begun));

        Assert.Equal([0, 0], codes);
        Assert.Equal(["1", "2"], Said("accepted").Select(accepted => accepted[1].Split('-')[0]).Distinct().Order());
        await CheckEndAsync();
    }

    /// <summary>Two running campaigns to the same people: one is sent from here, one handed over.</summary>
    private async Task SeedAsync()
    {
        await using var web = Build(builder => builder.UseSqlite($"Data Source={_folder}/mail.db"));
        var (templates, campaigns) = (web.GetRequiredService<ITemplateStore>(), web.GetRequiredService<ICampaignStore>());
        var template = (await templates.AddAsync("News", StoreFixture.Content.Source, Stop)).OrThrow();
        var people = Enumerable.Range(0, People).Select(n => (ContactData?)new ContactData { Email = $"p{n}@example.org" }).ToList();
        foreach (var lane in new[] { "here", "elsewhere" })
        {
            var draft = new CampaignDraft { Name = lane, TemplateId = template.Id, Lane = lane, Source = "people" };
            var campaign = (await campaigns.AddAsync(draft, Stop)).OrThrow();
            (await campaigns.StartAsync(campaign.Id, StoreFixture.Content, people.ToAsyncEnumerable(), Stop)).OrThrow();
        }
    }

    /// <summary>Runs the victim until it ends. Gives its exit code.</summary>
    /// <param name="run">Which.</param>
    /// <param name="killAfter">Kills it once it has said so many lines.</param>
    /// <param name="room">How many KiB its disk has beside the files that are there; any number by default.</param>
    /// <param name="begun">Counts those that have begun; the victim waits for the others after its first step.</param>
    private async Task<int> RunAsync(int run, int? killAfter = null, int? room = null, CountdownEvent? begun = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MailMarketing.Storage.Sqlite.Victim.dll");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        var start = room is { } free ? OnSmallDisk(program, run, free) : new ProcessStartInfo("dotnet", [program, _folder, $"{run}"]);
        if (begun is not null)
        {
            start.ArgumentList.Add("together");
        }

        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        using var victim = Process.Start(start)!;
        try
        {
            for (var lines = 1; await victim.StandardOutput.ReadLineAsync(deadline.Token) is { } line; lines++)
            {
                if (line == "stepped")
                {
                    begun!.Signal();
                    await Task.Run(() => begun.Wait(deadline.Token), deadline.Token);
                    await victim.StandardInput.WriteLineAsync("on");
                    await victim.StandardInput.FlushAsync(deadline.Token);
                    continue;
                }

                lock (_lock)
                {
                    _said.Add(line.Split(' '));
                }

                if (lines == killAfter)
                {
                    victim.Kill();
                }
            }

            await victim.WaitForExitAsync(deadline.Token);
            return victim.ExitCode;
        }
        finally
        {
            victim.Kill();
        }
    }

    /// <summary>The files are copied there, and back once the victim has ended.</summary>
    private ProcessStartInfo OnSmallDisk(string program, int run, int free)
    {
        const string Work = """
            cp "$1"/*.db* "$TMPDIR"
            dotnet "$2" "$TMPDIR" "$3" 2>"$1/errors" && code=0 || code=$?
            [ $code -eq 0 ] || grep -Eq "disk is full|disk I/O error" "$1/errors" || { cat "$1/errors" >&2; exit 99; }
            rm -f "$1"/*.db* && cp "$TMPDIR"/*.db* "$1"
            exit $code
            """;
        var script = Path.Combine(AppContext.BaseDirectory, "small-disk.sh");
        var used = Directory.GetFiles(_folder, "*.db*").Sum(file => (new FileInfo(file).Length + 4095) / 4096 * 4);
        var disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        return new("bash", [script, disk, $"{used + free}k", "bash", "-c", Work, "work", _folder, program, $"{run}"]);
    }

    private async Task CheckEndAsync()
    {
        CheckFiles();
        CheckDeliveries();
        CheckSent();
        await CheckAcceptedAsync();
        Assert.Equal([CampaignState.Completed], Read<CampaignState>("mail.db", "SELECT DISTINCT state FROM campaign"));
    }

    private void CheckFiles()
    {
        Assert.Equal(["ok"], Read<string>("mail.db", "PRAGMA integrity_check"));
        Assert.Equal(["ok"], Read<string>("queue.db", "PRAGMA integrity_check"));
    }

    private void CheckDeliveries()
    {
        Assert.Equal(
            Read<(long, long, long)>("mail.db", "SELECT campaign_id, state, count(*) FROM delivery GROUP BY 1, 2 ORDER BY 1, 2"),
            Read<(long, long, long)>("mail.db", "SELECT campaign_id, state, n FROM campaign_count WHERE n > 0 ORDER BY 1, 2"));
        Assert.Equal(
            [(People, People), (People, People)],
            Read<(int, int)>("mail.db", "SELECT count(*), count(DISTINCT contact_id) FROM delivery GROUP BY campaign_id"));

        var deliveries = Read<(long Id, DeliveryState State, string? MessageId)>("mail.db", "SELECT id, state, message_id FROM delivery")
            .ToDictionary(delivery => $"{delivery.Id}");
        Assert.All(Said("done"), done => Assert.Equal(
            (done[2], done[2] == "Success" ? $"m{done[1]}" : null), ($"{deliveries[done[1]].State}", deliveries[done[1]].MessageId)));
    }

    /// <summary>Whatever was interrupted is sent again under its first key, and what was done never again.</summary>
    private void CheckSent()
    {
        Assert.All(Said("sent").GroupBy(sent => sent[1]), sends => Assert.Single(sends.Select(sent => sent[2]).Distinct()));
        var done = new HashSet<string>();
        foreach (var line in _said)
        {
            Assert.False(line[0] == "sent" && done.Contains(line[1]), $"Delivery {line[1]} was done and is sent again.");
            if (line[0] == "done")
            {
                done.Add(line[1]);
            }
        }

        Assert.Equal(People, Said("sent").Select(sent => sent[1]).Distinct().Count());
    }

    private async Task CheckAcceptedAsync()
    {
        await using var services = Build(builder => builder.UseSqliteIntake($"Data Source={_folder}/queue.db"));
        var intake = services.GetRequiredService<ISendIntake>();

        var block = await intake.ClaimAsync(new ClaimRequest("here", 100_000, TimeSpan.FromMinutes(1)), Stop);

        var jobs = block!.Jobs.Select(job => job.JobId.Text).ToList();
        Assert.Equal(jobs.Count, jobs.Distinct().Count());
        Assert.Empty(Said("accepted").Select(accepted => accepted[1]).Except(jobs));
        Assert.Equal([(await intake.ReadReportsAsync(1, Stop)).Incarnation], Said("accepted").Select(accepted => accepted[2]).Distinct());
    }

    private IEnumerable<string[]> Said(string what) => _said.Where(line => line[0] == what);

    private List<T> Read<T>(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder}/{file};Pooling=False");
        connection.Open();
        return [.. connection.Query<T>(sql)];
    }

    private static ServiceProvider Build(Action<MailMarketingBuilder> use)
    {
        var services = new ServiceCollection().AddSingleton(new Lane("here", _ => new()));
        use(new MailMarketingBuilder(services));
        return services.BuildServiceProvider();
    }
}
