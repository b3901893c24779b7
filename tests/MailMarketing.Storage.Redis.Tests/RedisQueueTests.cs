using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Redis.Tests;

public sealed class RedisIntakeQueueTests() : SendQueueCases(new RedisIntakeQueueFixture());

public sealed class RedisIntakeTests() : SendIntakeCases(new RedisIntakeQueueFixture());

public sealed class RedisKeyRingTests() : IntakeKeyRingCases(new RedisIntakeQueueFixture());
