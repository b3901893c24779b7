using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace MailMarketing.AspNetCore;

/// <summary>Reports delivery events to web over HTTP. The outbox that calls it keeps what did not arrive.</summary>
internal sealed class HttpDeliveryReporter(IHttpClientFactory clients, ILogger<HttpDeliveryReporter> logger) : IDeliveryReporter
{
    public const string ClientName = "MailMarketing.Web";

    private const int MaxAnswer = 64 * 1024;

    public async Task ReportAsync(string incarnation, IReadOnlyList<DeliveryEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/v1/job", UriKind.Relative))
        {
            Content = new ByteArrayContent(ReportWriter.Write(incarnation, events)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var client = clients.CreateClient(ClientName);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new MailMarketingException(
                $"Web answered {(int)response.StatusCode} to {events.Count} delivery reports; they are sent again later.");
        }

        await NoteRejectedAsync(response, cancellationToken);
    }

    /// <summary>What web rejects it will reject again, so it counts as arrived; somebody should know of it, though.</summary>
    private async Task NoteRejectedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswer, cancellationToken);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("rejected", out var rejected)
                && rejected.ValueKind == JsonValueKind.Array && rejected.GetArrayLength() > 0)
            {
                ServiceLog.ReportsRejected(logger, rejected.GetArrayLength(), rejected[0].ToString());
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or HttpRequestException)
        {
            // The status said that the reports arrived; an original web says nothing more
        }
    }
}
