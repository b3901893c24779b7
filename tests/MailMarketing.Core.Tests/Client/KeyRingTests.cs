using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MailMarketing.Core.Tests.Client;

public sealed class KeyRingTests : IDisposable
{
    private const string Secret = "a service key of more than 32 characters";

    private readonly FakeKeyRingStore _store = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mailmarketing-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_node_reads_what_one_has_encrypted()
    {
        await using var first = Node("first");
        var secret = Protector(first).Protect("secret");

        await using var second = Node("second");
        Assert.Equal("secret", Protector(second).Unprotect(secret));
        Assert.Single(_store.Entries);
    }

    [Fact]
    public async Task The_stored_entries_do_not_tell_their_secret()
    {
        await using var node = Node("first");
        Protector(node).Protect("secret");

        var entry = Assert.Single(_store.Entries.Values);
        Assert.Contains("<sealed", entry, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", entry, StringComparison.Ordinal);
        Assert.Equal(entry, await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Folder("first"))), Stop));
    }

    [Fact]
    public async Task A_storage_that_lost_everything_gets_the_ring_back_from_a_nodes_copy()
    {
        string secret;
        await using (var before = Node("first"))
        {
            secret = Protector(before).Protect("secret");
        }

        _store.Entries.Clear();
        await using var after = Node("first");
        Assert.Equal("secret", Protector(after).Unprotect(secret));
        Assert.Single(_store.Entries);
    }

    [Fact]
    public async Task Where_the_storage_is_away_the_copies_do()
    {
        string secret;
        await using (var before = Node("first"))
        {
            secret = Protector(before).Protect("secret");
        }

        _store.Away = true;
        await using var after = Node("first");
        await CheckAsync(after);
        Assert.Equal("secret", Protector(after).Unprotect(secret));
    }

    [Fact]
    public async Task Without_storage_and_copies_a_node_starts_and_makes_no_keys()
    {
        _store.Away = true;
        await using var node = Node("first");
        await CheckAsync(node);
        Assert.ThrowsAny<Exception>(() => Protector(node).Protect("secret"));
        Assert.False(Directory.Exists(Folder("first")));
    }

    [Fact]
    public async Task Another_service_key_is_told_at_start_and_makes_no_keys()
    {
        await using (var before = Node("first"))
        {
            Protector(before).Protect("secret");
        }

        await using var other = Node("first", "another service key of more than 32");
        var refusal = await Assert.ThrowsAsync<MailMarketingException>(() => CheckAsync(other));
        Assert.Contains("another service key", refusal.Message, StringComparison.Ordinal);
        Assert.Single(_store.Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    public void What_is_no_sealed_entry_is_not_opened(string text) =>
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => new KeyRingCipher(Secret).Decrypt(text));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IDataProtector Protector(ServiceProvider node) => node.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static Task CheckAsync(ServiceProvider node) => node.GetServices<IHostedService>().OfType<KeyRingCheck>().Single().StartAsync(Stop);

    private string Folder(string node) => Path.Combine(_folder, node);

    private ServiceProvider Node(string name, string secret = Secret)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IKeyRingStore>(_store);
        services.AddDataProtection().SetApplicationName("test");
        new MailMarketingBuilder(services).KeepKeysInStorage(secret, Folder(name));
        return services.BuildServiceProvider();
    }
}
