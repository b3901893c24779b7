using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>A row that reports.lua gives.</summary>
internal readonly struct Report(RedisValue[] row)
{
    public long Sequence => (long)row[0];

    public DeliveryEvent ToEvent()
    {
        var name = JobName.Parse(row[1]!);
        return new DeliveryEvent
        {
            JobId = name.Id,
            Status = new DeliveryStatus(name.Round, (DeliveryState)(int)row[2], (int)row[3]),
            MessageId = Text(row[4]),
            Error = Text(row[5]),
            At = DateTimeOffset.FromUnixTimeMilliseconds((long)row[6]),
        };
    }

    private static string? Text(RedisValue text) => text.IsNullOrEmpty ? null : (string)text!;
}
