using System.Diagnostics;
using System.Globalization;
using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;

namespace MailMarketing.Faults.Tests;

/// <summary>A campaign over three email clients, one of which is killed every three seconds; eng/long-run.sh makes it a long one.</summary>
[Collection("obedience"), Trait("Row", "long")]
public sealed class LongRunTests
{
    private const string Variable = "MAILMARKETING_FAULTS_PEOPLE";
    private const int Few = 1_500;

    private static readonly TimeSpan _between = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _most = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task A_campaign_over_three_email_clients_ends_exact_though_one_is_killed_every_three_seconds()
    {
        var people = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var asked) ? asked : Few;
        await using var deployment = new Slow();
        await deployment.InitializeAsync();
        var services = deployment.Services;
        var run = await Run.StartAsync(services, "long", 1, people);
        await run.UnderWayAsync(0.01, 0.02);
        await run.RestartClientAsync(0);

        // The first kill is looked at closely, the others go on until almost everything is taken
        var started = Stopwatch.GetTimestamp();
        for (var kill = 1; await run.TakenAsync() < run.People * 0.95; kill++)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < _most, $"{await run.TakenAsync()} of {run.People} were taken in {_most}.");
            await Task.Delay(_between, TestContext.Current.CancellationToken);
            await services.RestartClientAsync(kill % services.Clients.Length);
        }

        // Who is on the way in kill after kill ends unknown, and is told as such
        var report = await run.EndAsync(mostUncertain: Math.Max(1, run.People / 10_000));
        TestContext.Current.TestOutputHelper!.WriteLine($"{report} in {Stopwatch.GetElapsedTime(started)}");
    }
}
