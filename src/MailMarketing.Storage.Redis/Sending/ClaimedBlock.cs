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
            Fields = Json.ReadFields(row[14]!),
            IdempotencyKey = row[3]!,
            NotAfter = Time(row[4]),
            Status = new DeliveryStatus(name.Round, (DeliveryState)(int)row[5], (int)row[6]),
            Spent = (int)row[7],
            Refusals = (int)row[8],
            Ambiguous = !row[9].IsNull,
            Crashes = row[11].IsNull ? 0 : (int)row[11],
            FirstAttemptAt = Time(row[10]),
        };
    }

    private static DateTimeOffset? Time(RedisValue milliseconds) =>
        milliseconds.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}
