using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Sqlite.Tests;

internal sealed class SqliteMarketingQueueFixture() : MarketingQueueFixture(new SqliteFixture());
