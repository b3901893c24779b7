using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>Reads what claim.lua gives.</summary>
internal static class ClaimedBlock
{
    public static SendBlock Read(RedisResult claim)
    {
        var parts = (RedisResult[])claim!;
        var contents = ((RedisValue[])parts[2]!).Chunk(2)
            .ToDictionary(pair => (string)pair[0]!, pair => Json.Read<FrozenContent>(pair[1]!));
        return new SendBlock((long)parts[0], [.. ((RedisResult[])parts[1]!).Select(row => ToJob((RedisValue[])row!, contents))]);
    }

    // In the order of claim.lua
    private static SendJob ToJob(RedisValue[] row, Dictionary<string, FrozenContent> contents)
    {
        var name = JobName.Parse(row[0]!);
        return new SendJob
        {
            QueueId = (long)row[12],
            JobId = name.Id,
            CampaignId = row[13].IsNullOrEmpty ? null : (string)row[13]!,
            Content = contents[row[1]!],
            Policy = (SendPolicy)(int)row[2],
            Fields = Json.ReadFields(row[3]!),
            IdempotencyKey = row[4]!,
            NotAfter = Time(row[5]),
            Status = new DeliveryStatus(name.Round, (DeliveryState)(int)row[6], (int)row[7]),
            Spent = (int)row[8],
            Refusals = (int)row[9],
            Ambiguous = !row[10].IsNull,
            FirstAttemptAt = Time(row[11]),
        };
    }

    private static DateTimeOffset? Time(RedisValue milliseconds) =>
        milliseconds.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}
