using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Sqlite.Tests;

public sealed class SqliteContactStoreTests() : ContactStoreCases(new SqliteFixture());

public sealed class SqliteCampaignStoreTests() : CampaignStoreCases(new SqliteFixture());

public sealed class SqliteContactSourceTests() : ContactSourceCases(new SqliteFixture());

public sealed class SqliteIdempotencyTests() : IdempotencyCases(new SqliteFixture());

public sealed class SqliteKeyRingTests() : MarketingKeyRingCases(new SqliteFixture());

public sealed class SqliteAuditTests() : AuditCases(new SqliteFixture());

public sealed class SqliteMediaTests() : MediaCases(new SqliteFixture());

public sealed class SqliteAttachmentTests() : AttachmentCases(new SqliteFixture());

public sealed class SqliteScheduleTests() : ScheduleCases(new SqliteFixture());

public sealed class SqliteDeliveryCommandTests() : DeliveryCommandCases(new SqliteFixture());
