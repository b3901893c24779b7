namespace MailMarketing.Dashboard.Tests;

/// <summary>One app with people, a segment and a campaign that was sent, for all tests of a class.</summary>
public sealed class PeopleHost : IAsyncLifetime
{
    private DashboardHost? _host;

    public MailMarketingClient Client => _host!.Client;

    public Uri At(string page) => new(_host!.Root, page);

    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync("/admin/mail");
        await _host.SeedAsync();
    }

    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;
}
