using MailMarketing.StorageCases;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Storage.Postgres.Tests;

public sealed class PostgresAudienceTests() : AudienceCases(new PostgresFixture())
{
    protected override Task SpoilAsync(params string[] statements) => Services.GetRequiredKeyedService<PostgresDatabase>("Web").WriteAsync(
        work => work.RunAsync(string.Join(';', statements)), StoreFixture.Stop);
}
