using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Postgres.Tests;

public sealed class PostgresHandOverQueueTests() : SendQueueCases(new PostgresMarketingQueueFixture());

public sealed class PostgresIntakeQueueTests() : SendQueueCases(new PostgresIntakeQueueFixture());

public sealed class PostgresIntakeTests() : SendIntakeCases(new PostgresIntakeQueueFixture());

public sealed class PostgresHandOverTests() : HandOverCases(new PostgresFixture());

public sealed class PostgresIntakeKeyRingTests() : IntakeKeyRingCases(new PostgresIntakeQueueFixture());
