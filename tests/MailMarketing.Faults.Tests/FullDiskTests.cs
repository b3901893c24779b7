using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests;

/// <summary>The disk of web's database is full, and has room again after a while.</summary>
[Trait("Gateway", "keyed")]
public sealed class FullDiskTests : IClassFixture<Cramped>
{
    private const int People = 2_000;
    private const string Full = "No space left on device";

    private readonly Rig.Services _services;

    public FullDiskTests(Cramped deployment) => _services = deployment.Services;

    public static TheoryData<int> All => Seeds.All;

    [Theory, MemberData(nameof(All)), Trait("Row", "F-18")]
    public async Task F18_The_disk_of_the_database_is_full_for_a_while(int seed)
    {
        var run = await Run.StartAsync(_services, "F-18", seed, People);
        await run.UnderWayAsync(0.05, 0.2);
        await run.StrikeAsync(async () =>
        {
            var before = _services.WebSaid(Full);
            _services.DatabaseDisk.Fill();
            await Api.UntilAsync(() => Task.FromResult(_services.WebSaid(Full) > before), () => "Nothing had to be written that found no room.");
            await run.PassAsync(1, 2);
            _services.DatabaseDisk.Free();

            // Without room for its log PostgreSQL ends; people start it again
            if (!await _services.Postgres.ListensAsync())
            {
                await _services.Postgres.CrashAsync();
            }
        });
        await run.EndAsync();
    }
}
