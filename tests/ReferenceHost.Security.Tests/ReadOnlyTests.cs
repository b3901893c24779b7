using System.Net;
using MailMarketing;
using MailMarketing.Storage.Postgres.Tests;
using Npgsql;
using ReferenceHost.People;
using ReferenceHost.Tokens;

namespace ReferenceHost.Security.Tests;

/// <summary>Looking changes nothing: every page and call that reads, in a database that refuses to write.</summary>
[Trait("Fault", "S-21")]
public sealed class ReadOnlyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_reads_is_answered_where_nothing_can_be_written()
    {
        await using var host = await SafeHost.StartAsync(("Web:Storage", "postgres"), ("ConnectionStrings:Web", PostgresServer.ConnectionString));
        await SampleData.AddAsync(host.Services.GetRequiredService<MailMarketingClient>(), Stop);
        using var person = await host.SignedInAsync(PersonRole.Administrator);
        var maker = await host.AddAsync("maker@example.org", PersonRole.Administrator);
        using var program = new Client(host.Web)
        {
            Bearer = await host.Services.GetRequiredService<ApiTokens>()
                .AddAsync("reader", PersonRole.Administrator, TimeSpan.FromDays(1), maker.Id, Stop),
        };
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/contacts")).Status);

        await RefuseToWriteAsync();
        var wrong = new List<string>();
        var found = 0;
        foreach (var (key, method, path) in RouteMatrixTests.Routes(host, "1").Where(route => route.Method is "GET" or "HEAD"))
        {
            foreach (var client in new[] { person, program })
            {
                var status = (await client.SendAsync(new HttpMethod(method), path)).Status;
                if (status == HttpStatusCode.ServiceUnavailable)
                {
                    // By a connection of before, which ended
                    status = (await client.SendAsync(new HttpMethod(method), path)).Status;
                }

                found += status == HttpStatusCode.OK ? 1 : 0;
                if ((int)status >= 500)
                {
                    wrong.Add($"{key} answered {(int)status}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(found > 80, $"Only {found} answers were found.");
        using var body = new StringContent("""{"name":"Choir"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.True((int)(await program.SendAsync(HttpMethod.Post, "/api/v1/segments", body)).Status >= 500, "The database was written all the same.");
    }

    // All transactions of all connections that there will be, and the present ones end
    private static async Task RefuseToWriteAsync()
    {
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(
            """
            ALTER ROLE CURRENT_USER SET default_transaction_read_only = on;
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid();
            """,
            connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
