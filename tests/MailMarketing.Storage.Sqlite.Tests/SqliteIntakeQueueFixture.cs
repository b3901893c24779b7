using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Sqlite.Tests;

internal sealed class SqliteIntakeQueueFixture(string folder) : IntakeQueueFixture(builder => builder.UseSqliteIntake($"Data Source={folder}/queue.db"))
{
    public SqliteIntakeQueueFixture()
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
