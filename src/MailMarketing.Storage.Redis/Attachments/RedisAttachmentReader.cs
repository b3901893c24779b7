using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>Files of jobs that were accepted, as accept.lua keeps them: as long as a content names them.</summary>
internal sealed class RedisAttachmentReader(RedisDatabase database) : IAttachmentReader
{
    public async Task<byte[]?> ReadAsync(string hash, CancellationToken cancellationToken) =>
        (byte[]?)await database.RunAsync(server => server.HashGetAsync(database.Key($"file:{hash}"), "data"), cancellationToken);
}
