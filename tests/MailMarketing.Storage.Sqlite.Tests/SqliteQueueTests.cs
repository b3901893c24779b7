using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Sqlite.Tests;

public sealed class SqliteHandOverQueueTests() : SendQueueCases(new SqliteMarketingQueueFixture());

public sealed class SqliteIntakeQueueTests() : SendQueueCases(new SqliteIntakeQueueFixture());

public sealed class SqliteIntakeTests() : SendIntakeCases(new SqliteIntakeQueueFixture());

public sealed class SqliteHandOverTests() : HandOverCases(new SqliteFixture());

public sealed class SqliteIntakeKeyRingTests() : IntakeKeyRingCases(new SqliteIntakeQueueFixture());
