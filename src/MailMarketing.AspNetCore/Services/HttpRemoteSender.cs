using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.Timeout;

namespace MailMarketing.AspNetCore;

/// <summary>
/// The email client in another process, over HTTP. Every call may be repeated, since the email client recognises what it has; an original
/// does not, so that its batches are posted once.
/// </summary>
internal sealed class HttpRemoteSender(IHttpClientFactory clients, EmailClientDialect dialect) : IRemoteSender
{
    public const string ClientName = "MailMarketing.EmailClient";

    private const int MaxAnswer = 1024 * 1024;
    private const string Email = "api/v1/email";
    private const string Control = "api/v1/control";
    private const string Settings = "api/v1/settings";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public bool RecognisesJobs => dialect != EmailClientDialect.Original;

    public Problem? Judge(FrozenContent content) => dialect != EmailClientDialect.Original ? null
        : content.Attachments.Count > 0
            ? Problem.Conflict("This email client carries no files: take them out of the template and the campaign.")
        : content.Source is { Language: not "braces" } or { Text: null }
            ? Problem.Conflict("This email client sends text with {name} placeholders only: choose a template in braces that has a text part.")
            : null;

    public async Task<Result<string>> SubmitAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        PeerAnswer answer;
        try
        {
            var body = dialect == EmailClientDialect.Original ? OriginalBatchWriter.Write(batch) : JobBatchWriter.Write(batch);
            answer = await CallAsync(HttpMethod.Post, Email, body, cancellationToken);
        }
        catch (MailMarketingException failure) when (IsNotSent(failure.InnerException))
        {
            return Problem.Unavailable(failure.Message);
        }

        return answer.Status switch
        {
            // Only 202 says that the jobs are stored; an original tells no incarnation, and never a new one either
            HttpStatusCode.Accepted => answer.Queue ?? "",
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => answer.ToProblem(),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.Unauthorized =>
                Problem.Unavailable(Refused(answer, $"a batch of {batch.Jobs.Count} jobs").Message),
            _ => throw Refused(answer, $"a batch of {batch.Jobs.Count} jobs"),
        };
    }

    public async Task ControlAsync(SendControl control, CancellationToken cancellationToken)
    {
        // What it has it sends, whatever becomes of the campaign
        if (dialect == EmailClientDialect.Original)
        {
            return;
        }

        var answer = await CallAsync(HttpMethod.Post, Control, ControlWriter.Write(control), cancellationToken);
        if (!IsSuccess(answer))
        {
            throw Refused(answer, control.CampaignId is { } campaign ? $"a change of campaign {campaign}" : "jobs to withdraw");
        }
    }

    public async Task<SenderSettingsView> GetSettingsAsync(CancellationToken cancellationToken)
    {
        var answer = await CallAsync(HttpMethod.Get, Settings, null, cancellationToken);
        return IsSuccess(answer) && answer.HasSettings ? answer.ToSettings() : throw Refused(answer, "a question for its settings");
    }

    public async Task<Result<SenderSettingsView>> UpdateSettingsAsync(SenderSettingsPatch patch, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(HttpMethod.Patch, Settings, SettingsWriter.Write(patch), cancellationToken);
        if (answer.Status == HttpStatusCode.BadRequest)
        {
            return answer.ToProblem();
        }

        if (!IsSuccess(answer))
        {
            throw Refused(answer, "a change of its settings");
        }

        // 204 tells nothing, and neither may an original
        return answer.HasSettings ? answer.ToSettings() : await GetSettingsAsync(cancellationToken);
    }

    private async Task<PeerAnswer> CallAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(ClientName);
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            await response.Content.LoadIntoBufferAsync(MaxAnswer, cancellationToken);
            return new PeerAnswer(response.StatusCode, Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)));
        }
        catch (Exception failure) when (IsUnreachable(failure) && !cancellationToken.IsCancellationRequested)
        {
            throw new MailMarketingException(
                $"The email client at {client.BaseAddress} does not answer: see that it runs and can be reached from here.", failure);
        }
    }

    // No answer, an answer cut short, none in time, or a circuit that is open after many of these
    private static bool IsUnreachable(Exception failure) =>
        failure is HttpRequestException or IOException or OperationCanceledException or ExecutionRejectedException;

    // No connection, or none tried since so many failed
    private static bool IsNotSent(Exception? failure) => failure is ExecutionRejectedException and not TimeoutRejectedException
        or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private static bool IsSuccess(PeerAnswer answer) => (int)answer.Status is >= 200 and < 300;

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.Clone();
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static MailMarketingException Refused(PeerAnswer answer, string what) =>
        new($"The email client answered {(int)answer.Status} to {what}: {answer.Error ?? "it did not say why."}");
}
