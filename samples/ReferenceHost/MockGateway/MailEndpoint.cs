using System.Security.Cryptography;

namespace ReferenceHost.MockGateway;

/// <summary><c>POST /</c>: takes a mail or, by chance, does not.</summary>
internal sealed class MailEndpoint(MockGatewayOptions options, KeyBook keys, Record record, MailLog log, TimeProvider time)
{
    private readonly Dice _dice = new(options.Seed);
    private int _unkeyed;

    public async Task<IResult> PostAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var (mail, mistake) = Mail.Read(bytes);
        if (mail is null)
        {
            return Results.Json(new { error = mistake }, Json.Options, statusCode: 400);
        }

        var key = request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } given ? given : null;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        var answer = await AnswerAsync(mail, key, hash);
        log.Add(mail, answer);
        return Result(answer, request.HttpContext.Response);
    }

    private async Task<Answer> AnswerAsync(Mail mail, string? key, string hash)
    {
        if (key is null || options.IgnoreKeys)
        {
            await LatencyAsync();
            return Noted(Draw(mail, key, hash, Interlocked.Increment(ref _unkeyed)));
        }

        var (earlier, error, attempt) = keys.Begin(key, hash);
        if (earlier is not null)
        {
            return Noted(earlier with { At = time.GetUtcNow(), Replayed = true });
        }

        if (error is not null)
        {
            var status = error == Answer.InProgress ? 409 : 422;
            return Noted(new Answer(time.GetUtcNow(), key, mail.To, mail.Subject, status, null, false, hash, error, Files(mail)));
        }

        Answer? answer = null;
        try
        {
            await LatencyAsync();
            answer = Noted(Draw(mail, key, hash, attempt));
            return answer;
        }
        finally
        {
            keys.End(key, answer);
        }
    }

    // Not ended by a client that hangs up: a gateway that has a mail goes on with it, which is what makes a time-out ambiguous.
    private Task LatencyAsync() => options.Latency > TimeSpan.Zero ? Task.Delay(options.Latency, time) : Task.CompletedTask;

    private Answer Draw(Mail mail, string? key, string hash, int attempt)
    {
        var status = options.Weights.Pick(_dice.Chance(key ?? hash, attempt));
        var taken = status is >= 200 and < 300;
        return new Answer(
            time.GetUtcNow(), key, mail.To, mail.Subject, status, taken ? _dice.MessageId(key ?? hash, attempt) : null, false, hash,
            taken ? null : Answer.ByChance, Files(mail));
    }

    private static IReadOnlyList<MailFile>? Files(Mail mail) => mail.Attachments.Count == 0 ? null : mail.Attachments;

    private Answer Noted(Answer answer)
    {
        record.Append(answer);
        return answer;
    }

    private static IResult Result(Answer answer, HttpResponse response)
    {
        if (answer.Replayed)
        {
            response.Headers["Idempotent-Replayed"] = "true";
        }

        if (answer.Status == StatusCodes.Status429TooManyRequests)
        {
            response.Headers.RetryAfter = "1";
        }

        return answer.Taken
            ? Results.Json(new { answer.MessageId }, Json.Options, statusCode: answer.Status)
            : Results.Json(new { answer.Error }, Json.Options, statusCode: answer.Status);
    }
}
