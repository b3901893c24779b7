using MailMarketing.StorageCases;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MailMarketing.Storage.Postgres.Tests;

public sealed class PostgresDatabaseTests
{
    private readonly string _schema = TestOptions.NewSchema();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schema_newer_than_the_code_is_refused()
    {
        await using (var services = Web())
        {
            await services.GetRequiredService<IContactStore>().GetAsync(1, Stop);
        }

        await RunAsync($"INSERT INTO {_schema}.schemaversions (scriptname, applied) VALUES ('Web.9999.sql', '2030-01-01')");

        await using var later = Web();
        var refusal = await Assert.ThrowsAsync<MailMarketingException>(() => later.GetRequiredService<IContactStore>().GetAsync(1, Stop));
        Assert.Contains("newer than this version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Web.9999.sql", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE {0}.audit SET actor = 'nobody'")]
    [InlineData("DELETE FROM {0}.audit")]
    [InlineData("TRUNCATE {0}.audit")]
    public async Task The_audit_log_is_only_added_to(string change)
    {
        await using var web = Web();
        await web.GetRequiredService<IAuditStore>().AppendAsync(
            new AuditEntry { At = DateTimeOffset.UnixEpoch, Actor = "ada", Action = "x.y" }, Stop);
        var refusal = await Assert.ThrowsAsync<PostgresException>(
            () => RunAsync(change.Replace("{0}", _schema, StringComparison.Ordinal)));
        Assert.Contains("never changed or deleted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_of_another_part_is_refused()
    {
        await using var web = Web();
        await web.GetRequiredService<IContactStore>().GetAsync(1, Stop);

        await using var intake = Nodes.Intake(_schema);

        await Assert.ThrowsAsync<MailMarketingException>(() => intake.GetRequiredService<ISendIntake>().ReadReportsAsync(1, Stop));
    }

    [Fact]
    public async Task Four_nodes_make_one_new_schema_together_and_write_at_once()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => Web()).ToList();

        await Task.WhenAll(nodes.SelectMany((services, p) => Enumerable.Range(0, 5).Select(n => Task.Run(
            () => services.GetRequiredService<IContactStore>().AddAsync(new ContactData { Email = $"p{p}-{n}@example.org" }, Stop)))));

        Assert.Equal(20, (await nodes[0].GetRequiredService<IContactStore>().ListAsync(new ContactQuery(), Stop)).Items.Count);
        nodes.ForEach(services => services.Dispose());
    }

    [Fact]
    public async Task It_lives_beside_the_tables_of_an_app()
    {
        var app = $"{_schema}_app";
        await RunAsync(
            $"""
            CREATE SCHEMA {app};
            CREATE TABLE {app}.contact (x integer);
            CREATE TABLE IF NOT EXISTS public.contact (x integer);
            CREATE TABLE IF NOT EXISTS public.schemaversions (x integer);
            """);

        await using var web = Web();
        await using var intake = Nodes.Intake($"{_schema}_queue");
        await web.GetRequiredService<IContactStore>().AddAsync(new ContactData { Email = "a@example.org" }, Stop);
        await intake.GetRequiredService<ISendIntake>().ReadReportsAsync(1, Stop);

        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(
            $"SELECT (SELECT count(*) FROM {_schema}.contact), (SELECT count(*) FROM public.contact)", connection);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        await reader.ReadAsync(Stop);
        Assert.Equal((1L, 0L), (reader.GetInt64(0), reader.GetInt64(1)));
    }

    [Fact]
    public async Task An_address_added_by_many_at_once_is_added_once()
    {
        await using var web = Web();
        var contacts = web.GetRequiredService<IContactStore>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => contacts.AddAsync(new ContactData { Email = "a@example.org" }, Stop))));

        Assert.Single(answers, answer => answer.Succeeded);
        Assert.All(answers.Where(answer => !answer.Succeeded), answer => Assert.Equal(ProblemKind.Conflict, answer.Problem!.Kind));
    }

    [Fact]
    public async Task Imports_of_the_same_people_at_once_add_each_once()
    {
        await using var web = Web();
        var (contacts, segments) = (web.GetRequiredService<IContactStore>(), web.GetRequiredService<ISegmentStore>());
        var segment = (await segments.AddAsync("All", Stop)).OrThrow();
        var people = Enumerable.Range(0, 500).Select(n => new ContactData { Email = $"p{n}@example.org" }).ToList();

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(import => Task.Run(
            () => contacts.UpsertAsync([.. import % 2 == 0 ? people : Enumerable.Reverse(people)], segment.Id, Stop))));

        Assert.Equal(500, counts.Sum(count => count.Added));
        Assert.Equal(1500, counts.Sum(count => count.Unchanged));
        Assert.Equal(500, (await segments.GetAsync(segment.Id, Stop))!.Members);
    }

    [Fact]
    public async Task Sender_settings_change_in_one_step()
    {
        await using var services = Nodes.Intake(_schema);
        var store = services.GetRequiredService<ISenderSettingsStore>();
        Assert.Null((await store.GetAsync(Stop)).From);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => store.UpdateAsync(
            settings => settings with { Headers = new Dictionary<string, string>(settings.Headers) { [$"X-{n}"] = "1" } }, Stop))));

        Assert.Equal(10, (await store.GetAsync(Stop)).Headers.Count);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_words()
    {
        await using var services = Nodes.Build(builder => builder.UsePostgres("Host=/nowhere;Database=app;Username=app"));

        var failure = await Assert.ThrowsAsync<MailMarketingException>(
            () => services.GetRequiredService<IContactStore>().GetAsync(1, Stop));

        Assert.Contains("The database app at /nowhere", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Registering_twice_leaves_one_of_each()
    {
        var services = new ServiceCollection();
        new MailMarketingBuilder(services).UsePostgres("Host=a").UsePostgres("Host=a").UsePostgresIntake("Host=a");

        Assert.All(services.GroupBy(service => (service.ServiceType, service.ServiceKey)), group => Assert.Single(group));
    }

    [Theory]
    [InlineData("Database=app", "mailmarketing")]
    [InlineData("Host=a", "")]
    [InlineData("Host=a", "pg_mail")]
    [InlineData("Host=a", "Mail")]
    [InlineData("Host=a", "1mail")]
    [InlineData("Host=a", "a; DROP SCHEMA public")]
    [InlineData("Host=a", "mail\n")]
    public void What_cannot_work_is_refused_at_once(string connectionString, string schema) => Assert.Throws<ArgumentException>(
        () => Nodes.Build(builder => builder.UsePostgres(connectionString, options => options.Schema = schema)));

    private static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private ServiceProvider Web() => Nodes.Web(PostgresServer.ConnectionString, _schema);
}
