using MailMarketing.StorageCases;

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>A queue under a prefix of its own, in which the clock of the test decides.</summary>
internal sealed class RedisIntakeQueueFixture() : IntakeQueueFixture(builder => builder.UseRedisIntake(
    RedisServer.Shared, options => (options.Prefix, options.AppClock) = (Nodes.NewPrefix(), true)));
