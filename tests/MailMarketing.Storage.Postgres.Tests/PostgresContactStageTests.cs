using MailMarketing.StorageCases;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MailMarketing.Storage.Postgres.Tests;

/// <summary>People staged on a connection, where others work and connections break.</summary>
public sealed class PostgresContactStageTests : IDisposable
{
    private readonly string _schema = TestOptions.NewSchema();
    private readonly ServiceProvider _node;

    public PostgresContactStageTests() =>
        _node = Nodes.Web($"{PostgresServer.ConnectionString};Application Name={_schema}", _schema);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ICampaignStore Campaigns => _node.GetRequiredService<ICampaignStore>();

    private IContactStore Contacts => _node.GetRequiredService<IContactStore>();

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task A_source_of_many_parts_counts_each_address_once()
    {
        var draft = await DraftAsync();

        var campaign = (await Campaigns.StartAsync(draft.Id, StoreFixture.Content, Twice(6000).ToAsyncEnumerable(), Stop)).OrThrow();

        Assert.Equal(new SourceCounts(Added: 6000, Updated: 0, Unchanged: 0, Duplicates: 6000, Refused: 0), campaign.SourceCounts);
        Assert.Equal((6000, 6000), (campaign.Counts.Planned, campaign.Counts.Pending));
        Assert.All(
            (await Contacts.ListAsync(new ContactQuery { Limit = 1000 }, Stop)).Items, person => Assert.Equal("Second", person.Name));
    }

    [Fact]
    public async Task A_start_and_imports_of_the_same_people_add_each_once()
    {
        var draft = await DraftAsync();
        var people = Twice(400).ToList();

        var imports = Enumerable.Range(0, 3).Select(_ => Task.Run(
            () => Contacts.UpsertAsync([.. Enumerable.Reverse(people.Take(400)).OfType<ContactData>()], null, Stop))).ToList();
        var singles = Enumerable.Range(1, 20).Select(n => Task.Run(
            () => Contacts.AddAsync(new ContactData { Email = $"p{n * 20}@example.org" }, Stop))).ToList();
        var campaign = (await Campaigns.StartAsync(draft.Id, StoreFixture.Content, people.ToAsyncEnumerable(), Stop)).OrThrow();

        var added = (await Task.WhenAll(imports)).Sum(counts => counts.Added) + (await Task.WhenAll(singles)).Count(one => one.Succeeded);
        Assert.Equal(400, campaign.Counts.Planned);
        Assert.Equal(400, added + campaign.SourceCounts!.Added);
        Assert.Equal(400, await Contacts.CountAsync(Stop));
    }

    [Fact]
    public async Task A_connection_that_breaks_while_a_source_is_read_changes_nothing()
    {
        var draft = await DraftAsync();

        await Assert.ThrowsAsync<MailMarketingException>(
            () => Campaigns.StartAsync(draft.Id, StoreFixture.Content, BreakingAsync(6000), Stop));

        Assert.Equal(CampaignState.Draft, (await Campaigns.GetAsync(draft.Id, Stop))!.State);
        Assert.Equal(0, await Contacts.CountAsync(Stop));
        var campaign = (await Campaigns.StartAsync(draft.Id, StoreFixture.Content, Twice(2).ToAsyncEnumerable(), Stop)).OrThrow();
        Assert.Equal(2, campaign.Counts.Planned);
    }

    /// <summary>The same people two times over.</summary>
    private static IEnumerable<ContactData?> Twice(int people) => new[] { "First", "Second" }.SelectMany(
        name => Enumerable.Range(1, people).Select(n => new ContactData { Email = $"p{n}@example.org", Name = name }));

    private async IAsyncEnumerable<ContactData?> BreakingAsync(int after)
    {
        foreach (var person in Twice(after))
        {
            if (person is { Name: "Second" } && person.Email == "p1@example.org")
            {
                await BreakAsync();
            }

            yield return person;
        }
    }

    private async Task BreakAsync()
    {
        await using var connection = new NpgsqlConnection(PostgresServer.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(
            $"SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE application_name = '{_schema}'", connection);
        Assert.NotEqual(0L, await command.ExecuteScalarAsync(Stop));
    }

    private async Task<Campaign> DraftAsync()
    {
        var template = (await _node.GetRequiredService<ITemplateStore>().AddAsync("News", StoreFixture.Content.Source, Stop)).OrThrow();
        return (await Campaigns.AddAsync(new CampaignDraft { Name = "News", TemplateId = template.Id, Source = "people" }, Stop)).OrThrow();
    }
}
