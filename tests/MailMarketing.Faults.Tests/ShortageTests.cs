using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailMarketing.Faults.Tests.Checking;
using MailMarketing.Faults.Tests.Rig;
using ReferenceHost.Tests.TwoServices;

namespace MailMarketing.Faults.Tests;

/// <summary>An email client that runs short of what a machine has.</summary>
[Collection("gateways"), Trait("Gateway", "keyed")]
public sealed class ShortageTests
{
    private const int People = 700;

    private readonly Rig.Services _services;

    public ShortageTests(Keyed deployment) => _services = deployment.Services;

    public static TheoryData<int> All => Seeds.All;

    [Theory, MemberData(nameof(All)), Trait("Row", "F-42")]
    public async Task F42_Memory_is_too_little_for_large_messages(int seed)
    {
        // 96 MiB for all that an email client keeps; a slice of these would have more
        var limit = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "6000000" };
        var run = await Run.PrepareAsync(_services, "F-42", seed, People, $"{{{{ for n in 1..2 }}}}{new string('x', 240_000)}{{{{ end }}}}");
        await _services.Api.StartAsync(run.Campaign);
        await run.UnderWayAsync(0.02, 0.1);
        try
        {
            foreach (var client in Enumerable.Range(0, _services.Clients.Length))
            {
                await run.StrikeAsync(() => _services.RestartClientAsync(client, limit), () => _services.Clients[client].ToGateway.InFlight);
            }

            await run.EndAsync();
        }
        finally
        {
            // The limit is no matter of the next test
            await Task.WhenAll(_services.Clients.Select(client => client.KillAsync()));
        }
    }

    [Theory, MemberData(nameof(All)), Trait("Row", "F-43")]
    public async Task F43_An_email_client_has_no_file_handle_left_while_the_gateway_is_silent(int seed)
    {
        const int Spare = 10;
        var run = await Run.StartAsync(_services, "F-43", seed, 2 * People);
        await run.UnderWayAsync(0.05, 0.2);
        var client = _services.Clients[0];
        var callers = new List<Socket>();
        try
        {
            await run.StrikeAsync(
                async () =>
                {
                    client.ToGateway.Back.Hold();
                    var most = Files(client).Length + Spare;
                    await LimitFilesAsync(client.Process!.Id, most);
                    for (var caller = 0; caller < 5 * Spare; caller++)
                    {
                        callers.Add(await CallAsync(client.Port));
                    }

                    client.ToWeb.Cut();
                    await Api.UntilAsync(() => Task.FromResult(HasNoneLeft(client, most)), () => $"It has not all of {most} files open.");
                    await run.PassAsync(2, 4);
                    callers.ForEach(caller => caller.Dispose());
                    client.Heal();
                    if (client.Process.HasExited)
                    {
                        await _services.RestartClientAsync(0);
                    }
                },
                () => client.ToGateway.InFlight);
            await run.EndAsync();
        }
        finally
        {
            callers.ForEach(caller => caller.Dispose());
            await client.KillAsync();
        }
    }

    private static string[] Files(Client client) => Directory.GetFiles($"/proc/{client.Process!.Id}/fd");

    private static bool HasNoneLeft(Client client, int most)
    {
        try
        {
            return Files(client).Length >= most;
        }
        catch (DirectoryNotFoundException)
        {
            // The runtime ends where no thread can start, which takes a file
            return true;
        }
    }

    private static async Task LimitFilesAsync(int process, int most)
    {
        using var limit = Process.Start("prlimit", [$"--pid={process}", string.Create(CultureInfo.InvariantCulture, $"--nofile={most}:{most}")]);
        await limit.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, limit.ExitCode);
    }

    private static async Task<Socket> CallAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            // It has ended by now, which is as good
        }

        return socket;
    }
}
