using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Sqlite.Tests;

/// <summary>A marketing side in a folder of its own.</summary>
internal sealed class SqliteFixture(string folder) : StoreFixture(builder => builder.UseSqlite($"Data Source={folder}/mail.db"))
{
    public SqliteFixture()
        : this(Directory.CreateTempSubdirectory("mail-").FullName)
    {
    }

    public override void Dispose()
    {
        base.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
