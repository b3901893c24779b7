using MailMarketing.StorageCases;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Storage.Sqlite.Tests;

public sealed class SqliteAudienceTests() : AudienceCases(new SqliteFixture())
{
    protected override Task SpoilAsync(params string[] statements) => Services.GetRequiredKeyedService<SqliteDatabase>("Web").WriteAsync(
        connection => statements.Sum(connection.Run), StoreFixture.Stop);
}
