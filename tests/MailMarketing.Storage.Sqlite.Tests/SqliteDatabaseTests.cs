using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Storage.Sqlite.Tests;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string ConnectionString => $"Data Source={_folder}/sub/mail.db";

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Disposal_waits_for_a_write_that_is_not_through_and_refuses_the_next()
    {
        var database = new SqliteDatabase($"Data Source={_folder}/mail.db", "Web", TimeProvider.System);
        await database.WriteAsync(connection => connection.Execute("CREATE TABLE note (n)"), Stop);
        using var goOn = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var write = Task.Run(
            () => database.WriteAsync(
                connection =>
                {
                    connection.Execute("INSERT INTO note VALUES (1)");
                    begun.SetResult();
                    goOn.Wait(Stop);
                    return connection.Execute("INSERT INTO note VALUES (2)");
                },
                Stop),
            Stop);
        await begun.Task;

        var disposal = Task.Run(database.Dispose, Stop);
        var first = await Task.WhenAny(disposal, Task.Delay(TimeSpan.FromMilliseconds(300), Stop));
        goOn.Set();
        await Task.WhenAll(write, disposal);

        Assert.NotSame(disposal, first);
        using var reader = new SqliteConnection($"Data Source={_folder}/mail.db");
        Assert.Equal([1, 2], reader.Query<long>("SELECT n FROM note ORDER BY n"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteAsync(connection => connection.Execute("DELETE FROM note"), Stop));
        Assert.Equal(2, reader.ExecuteScalar<long>("SELECT count(*) FROM note"));
    }

    [Fact]
    public async Task A_database_newer_than_the_code_is_refused()
    {
        await using (var services = Build(builder => builder.UseSqlite(ConnectionString)))
        {
            await services.GetRequiredService<IContactStore>().GetAsync(1, Stop);
        }

        using (var connection = new SqliteConnection(ConnectionString))
        {
            connection.Open();
            connection.Run("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('Web.9999.sql', '2030-01-01')");
        }

        await using var later = Build(builder => builder.UseSqlite(ConnectionString));
        var refusal = await Assert.ThrowsAsync<MailMarketingException>(() => later.GetRequiredService<IContactStore>().GetAsync(1, Stop));
        Assert.Contains("newer than this version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Web.9999.sql", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_instances_open_and_write_one_new_file_together()
    {
        var providers = Enumerable.Range(0, 4).Select(_ => Build(builder => builder.UseSqlite(ConnectionString))).ToList();

        await Task.WhenAll(providers.SelectMany((services, p) => Enumerable.Range(0, 5).Select(n => Task.Run(
            () => services.GetRequiredService<IContactStore>().AddAsync(new ContactData { Email = $"p{p}-{n}@example.org" }, Stop)))));

        Assert.Equal(20, (await providers[0].GetRequiredService<IContactStore>().ListAsync(new ContactQuery(), Stop)).Items.Count);
        providers.ForEach(services => services.Dispose());
    }

    [Fact]
    public async Task Sender_settings_change_in_one_step()
    {
        await using var services = Build(builder => builder.UseSqliteIntake(ConnectionString).UseSqliteIntake(ConnectionString));
        var store = services.GetRequiredService<ISenderSettingsStore>();
        Assert.Null((await store.GetAsync(Stop)).From);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => store.UpdateAsync(
            settings => settings with { Headers = new Dictionary<string, string>(settings.Headers) { [$"X-{n}"] = "1" } }, Stop))));

        Assert.Equal(10, (await store.GetAsync(Stop)).Headers.Count);
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody'")]
    [InlineData("DELETE FROM audit")]
    public async Task The_audit_log_is_only_added_to(string change)
    {
        await using var services = Build(builder => builder.UseSqlite(ConnectionString));
        await services.GetRequiredService<IAuditStore>().AppendAsync(
            new AuditEntry { At = DateTimeOffset.UnixEpoch, Actor = "ada", Action = "x.y" }, Stop);
        using var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = change;
        Assert.Contains("never", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registering_twice_leaves_one_of_each()
    {
        var services = new ServiceCollection();
        new MailMarketingBuilder(services).UseSqlite(ConnectionString).UseSqlite(ConnectionString).UseSqliteIntake(ConnectionString);

        Assert.All(services.GroupBy(service => (service.ServiceType, service.ServiceKey)), group => Assert.Single(group));
    }

    [Fact]
    public void A_database_in_memory_is_refused() => Assert.Throws<ArgumentException>(
        () => Build(builder => builder.UseSqlite("Data Source=:memory:")));

    private static ServiceProvider Build(Action<MailMarketingBuilder> use)
    {
        var services = new ServiceCollection().AddSingleton(new Lane("default", _ => new()));
        use(new MailMarketingBuilder(services));
        return services.BuildServiceProvider();
    }
}
