using Microsoft.Extensions.DependencyInjection;
using static MailMarketing.StorageCases.StoreFixture;

namespace MailMarketing.Storage.Redis.Tests;

public sealed class RedisRegistrationTests
{
    [Fact]
    public async Task Sender_settings_change_in_one_step()
    {
        var prefix = Nodes.NewPrefix();
        await using var one = Nodes.Build(RedisServer.Shared, prefix);
        await using var other = Nodes.Build(RedisServer.Shared, prefix);
        Assert.Null((await one.GetRequiredService<ISenderSettingsStore>().GetAsync(Stop)).From);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(
            () => (n % 2 == 0 ? one : other).GetRequiredService<ISenderSettingsStore>().UpdateAsync(
                settings => settings with { Headers = new Dictionary<string, string>(settings.Headers) { [$"X-{n}"] = "1" } }, Stop))));

        Assert.Equal(10, (await other.GetRequiredService<ISenderSettingsStore>().GetAsync(Stop)).Headers.Count);
    }

    [Fact]
    public void Registering_twice_leaves_one_of_each()
    {
        var services = new ServiceCollection();
        new MailMarketingBuilder(services).UseRedisIntake("localhost").UseRedisIntake("localhost", options => options.Prefix = "other");

        Assert.All(services.GroupBy(service => service.ServiceType), group => Assert.Single(group));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a{b}")]
    [InlineData("a b")]
    [InlineData("mail\n")]
    public void A_bad_prefix_is_refused(string prefix) => Assert.Throws<ArgumentException>(
        () => Nodes.Build(builder => builder.UseRedisIntake("localhost", options => options.Prefix = prefix)));

    [Theory]
    [InlineData("ssl=true")]
    [InlineData("localhost,connectTimeout=long")]
    public void A_configuration_that_cannot_work_is_refused(string configuration) => Assert.ThrowsAny<ArgumentException>(
        () => Nodes.Build(builder => builder.UseRedisIntake(configuration)));
}
