namespace MailMarketing.Core.Tests.Client;

public sealed class SettingsCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-").FullName;
    private readonly Forgetful _store = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string CopyFile => Path.Combine(_folder, "settings.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_store_that_lost_everything_gets_it_back()
    {
        var settings = new SenderSettings
        {
            From = new Mailbox("Shop", "shop@example.org"),
            Headers = new Dictionary<string, string> { ["X-A"] = "1" },
            ProtectedCredentials = new Dictionary<string, string> { ["default"] = "cipher" },
        };
        using (var before = new SettingsCopy(_store, CopyFile))
        {
            await before.UpdateAsync(_ => settings, Stop);
        }

        _store.Now = new SenderSettings();
        using var after = new SettingsCopy(_store, CopyFile);
        var back = await after.GetAsync(Stop);
        Assert.Equivalent(settings, back, strict: true);
        Assert.Equivalent(settings, _store.Now, strict: true);
    }

    [Fact]
    public async Task What_others_changed_wins_over_the_copy()
    {
        using var copy = new SettingsCopy(_store, CopyFile);
        await copy.UpdateAsync(now => now with { From = new Mailbox(null, "old@example.org") }, Stop);
        _store.Now = _store.Now with { From = new Mailbox(null, "new@example.org") };
        Assert.Equal("new@example.org", (await copy.GetAsync(Stop)).From?.Email);

        _store.Now = new SenderSettings();
        Assert.Equal("new@example.org", (await copy.GetAsync(Stop)).From?.Email);
    }

    [Fact]
    public async Task A_change_after_a_loss_starts_from_the_copy()
    {
        using var copy = new SettingsCopy(_store, CopyFile);
        await copy.UpdateAsync(now => now with { From = new Mailbox(null, "old@example.org") }, Stop);
        _store.Now = new SenderSettings();
        var changed = await copy.UpdateAsync(now => now with { Headers = new Dictionary<string, string> { ["X-A"] = "1" } }, Stop);
        Assert.Equal("old@example.org", changed.From?.Email);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"From\":")]
    public async Task A_copy_that_cannot_be_read_counts_as_none(string text)
    {
        await File.WriteAllTextAsync(CopyFile, text, Stop);
        using var copy = new SettingsCopy(_store, CopyFile);
        Assert.Null((await copy.GetAsync(Stop)).From);
    }

    private sealed class Forgetful : ISenderSettingsStore
    {
        public SenderSettings Now { get; set; } = new();

        public Task<SenderSettings> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Now);

        public Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken) =>
            Task.FromResult(Now = change(Now));
    }
}
