using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Postgres.Tests;

public sealed class PostgresContactStoreTests() : ContactStoreCases(new PostgresFixture());

public sealed class PostgresCampaignStoreTests() : CampaignStoreCases(new PostgresFixture());

public sealed class PostgresContactSourceTests() : ContactSourceCases(new PostgresFixture());

public sealed class PostgresIdempotencyTests() : IdempotencyCases(new PostgresFixture());

public sealed class PostgresKeyRingTests() : MarketingKeyRingCases(new PostgresFixture());

public sealed class PostgresAuditTests() : AuditCases(new PostgresFixture());

public sealed class PostgresMediaTests() : MediaCases(new PostgresFixture());

public sealed class PostgresAttachmentTests() : AttachmentCases(new PostgresFixture());

public sealed class PostgresScheduleTests() : ScheduleCases(new PostgresFixture());

public sealed class PostgresDeliveryCommandTests() : DeliveryCommandCases(new PostgresFixture());
