using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace MailMarketing.Storage.Redis;

/// <summary>What the marketing side brings, and what is told to it.</summary>
internal sealed partial class RedisIntakeQueue
{
    // Bits enough that no two contents ever share one
    private const int HashBytes = 16;

    private static string NewIncarnation => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public async Task<string> AcceptAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        var content = Json.Write(batch.Content);
        RedisValue[] shared =
        [
            NewIncarnation,
            RandomNumberGenerator.GetBytes(32),
            batch.Lane ?? "",
            batch.CampaignId ?? "",
            batch.Revision,
            (int)batch.Policy,
            Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, HashBytes)),
            content,
            batch.Queue ?? "",
            batch.Content.Attachments.Count,
            .. batch.Content.Attachments.SelectMany(file => new RedisValue[] { file.Hash, file.Content }),
        ];
        return (string)(await database.RunAsync(Scripts.Accept, [.. shared, .. batch.Jobs.SelectMany(Values)], cancellationToken))!;
    }

    public async Task ControlAsync(SendControl control, CancellationToken cancellationToken)
    {
        RedisValue[] word = control is { CampaignId: { } campaign, State: { } state }
            ? [campaign, control.Revision, (int)state]
            : ["", "", ""];
        var withdrawn = control.Withdraw.Select(job => (RedisValue)new JobName(job.Id, job.Round).ToString());
        var ids = (RedisValue[])(await database.RunAsync(
            Scripts.Control, [.. word, control.Reason ?? "", .. withdrawn], cancellationToken))!;
        foreach (var block in ids.Chunk(Block))
        {
            await database.RunAsync(Scripts.Stop, block, cancellationToken);
        }
    }

    public async Task<ReportBatch> ReadReportsAsync(int max, CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await database.RunAsync(Scripts.Reports, [NewIncarnation, max], cancellationToken))!;
        var reports = ((RedisResult[])answer[1]!).Select(row => new Report((RedisValue[])row!)).ToList();
        return new ReportBatch(
            (string)answer[0]!, reports.Count == 0 ? 0 : reports[^1].Sequence, [.. reports.Select(report => report.ToEvent())]);
    }

    public async Task AcknowledgeReportsAsync(long upTo, CancellationToken cancellationToken)
    {
        while ((int)await database.RunAsync(Scripts.Acknowledge, [upTo, Block], cancellationToken) == Block)
        {
        }
    }

    private static RedisValue[] Values(HandedJob job) =>
    [
        new JobName(job.JobId, job.Round).ToString(),
        job.Attempts,
        job.MaybeSent ? 2 : job.Repeated ? 1 : 0,
        job.IdempotencyKey ?? "",
        job.NotAfter?.ToUnixTimeMilliseconds() ?? RedisValue.EmptyString,
        Json.Write(job.Fields),
    ];
}
