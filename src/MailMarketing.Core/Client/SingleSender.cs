using System.Security.Cryptography;
using MailMarketing.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing;

/// <summary>Sends one email by the lane that campaigns use: as a job of its own where the sending side is another process, else at once.</summary>
internal sealed class SingleSender(TemplateLanguages languages, TimeProvider time, IServiceProvider services)
{
    public async Task<Result<SingleEmail>> SendAsync(SingleEmail email, CancellationToken cancellationToken)
    {
        var fields = new Dictionary<string, object?>(email.Fields) { ["email"] = email.To.Email, ["name"] = email.To.Name };
        if (languages.Check(email.Source, fields.Keys.ToHashSet(StringComparer.Ordinal)) is { } problem)
        {
            return problem;
        }

        // A sending side elsewhere puts in its own
        var settings = services.GetService<IRemoteSender>() is null
            ? await services.GetRequiredService<ISenderSettingsStore>().GetAsync(cancellationToken)
            : new SenderSettings();
        var content = new FrozenContent
        {
            Source = email.Source with { Attachments = null }, Attachments = email.Source.Attachments ?? [], From = settings.From,
            Headers = settings.Headers, FrozenAt = time.GetUtcNow(),
        };
        if (AttachmentRules.Judge(content.Attachments) is { } mistake)
        {
            return Problem.Invalid("attachments", mistake);
        }

        content = await services.GetRequiredService<AttachmentFiles>().LoadAsync(content, cancellationToken);
        return await SendAsync(content, fields, email.Lane, cancellationToken) is { } refusal ? refusal : email;
    }

    /// <summary>Sends content that passed its check to whom the fields name; gives why it was not taken, or null.</summary>
    public async Task<Problem?> SendAsync(
        FrozenContent content, IReadOnlyDictionary<string, object?> fields, string? lane, CancellationToken cancellationToken)
    {
        // No delivery has such an id: reports about it are taken note of by nobody
        var key = $"single-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        return services.GetService<IRemoteSender>() is { } remote
            ? await HandOverAsync(remote, content, fields, lane, key, cancellationToken)
            : await SendHereAsync(content, fields, lane, key, cancellationToken);
    }

    private static async Task<Problem?> HandOverAsync(
        IRemoteSender remote, FrozenContent content, IReadOnlyDictionary<string, object?> fields, string? lane, string key,
        CancellationToken cancellationToken)
    {
        if (remote.Judge(content) is { } problem)
        {
            return problem;
        }

        var job = new HandedJob { JobId = new(key, IsNumber: false), Fields = fields };
        try
        {
            if (content.Attachments.Count > 0)
            {
                var lanes = (await remote.GetSettingsAsync(cancellationToken)).Lanes;
                if (lanes.FirstOrDefault(one => lane is null || one.Name == lane) is not { Attachments: true })
                {
                    return CarriesNone(lane);
                }
            }

            if (content.Attachments.FirstOrDefault(file => !file.IsLoaded) is { } gone)
            {
                return Problem.Conflict($"The attached file {gone.Name} is not stored any more.");
            }

            return (await remote.SubmitAsync(new JobBatch { Lane = lane, Content = content, Jobs = [job] }, cancellationToken)).Problem;
        }
        catch (MailMarketingException failure)
        {
            return Problem.Unavailable(failure.Message);
        }
    }

    private async Task<Problem?> SendHereAsync(
        FrozenContent content, IReadOnlyDictionary<string, object?> fields, string? wanted, string key, CancellationToken cancellationToken)
    {
        var lanes = services.GetServices<Lane>().ToList();
        if (lanes.FirstOrDefault(one => wanted is null || one.Name == wanted) is not { Name: var lane } known)
        {
            return Problem.Invalid("lane", $"There is no lane {wanted}; the lanes are: {string.Join(", ", lanes.Select(one => one.Name))}.");
        }

        if (content.Attachments.Count > 0 && !known.Options(services).SupportsAttachments)
        {
            return CarriesNone(lane);
        }

        var job = new SendJob
        {
            QueueId = 0, JobId = new(key, IsNumber: false), Content = content, Fields = fields, IdempotencyKey = key,
            Status = new(1, DeliveryState.Sending, 1),
        };
        var (message, error) = Compose(job);
        if (message is null)
        {
            return Problem.Conflict(error!);
        }

        var credentials = await services.GetRequiredService<ICredentialSource>().GetAsync(lane, cancellationToken);
        var gateway = services.GetRequiredKeyedService<IEmailGateway>(lane);
        if (gateway.RequiresCredentials && credentials is null)
        {
            return Problem.Conflict($"Lane {lane} has no credentials: set them in the settings.");
        }

        try
        {
            var answer = (await gateway.SendAsync([message], credentials, cancellationToken))[0];
            return answer.Outcome == GatewayOutcome.Accepted
                ? null
                : Problem.Unavailable($"The gateway did not take the email: {answer.Reason ?? answer.Outcome.ToString()}");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return Problem.Unavailable($"The gateway gave no answer, and the email may have been sent: {failure.Message}");
        }
    }

    private static Problem CarriesNone(string? lane) => Problem.Conflict(
        $"{(lane is null ? "The default lane" : $"Lane {lane}")} carries no files (SupportsAttachments), and this email has some.");

    private (EmailMessage? Message, string? Error) Compose(SendJob job)
    {
        try
        {
            return MessageComposer.Compose(job, languages.Compile(job.Content.Source).Render(new(job.Fields, job.Content.FrozenAt)));
        }
        catch (TemplateException mistake)
        {
            return (null, mistake.Message);
        }
    }
}
