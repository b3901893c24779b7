using System.Net.Http.Headers;
using System.Text;
using CommunityToolkit.HighPerformance.Buffers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MailMarketing.Gateway.Http;

/// <summary>Posts each message once, as many at a time as the lane has connections.</summary>
internal sealed class HttpEmailGateway(
    string lane, IHttpMessageHandlerFactory handlers, IOptionsMonitor<HttpGatewayOptions> options, TimeProvider time,
    ILogger<HttpEmailGateway> logger) : IEmailGateway, IDisposable
{
    private static readonly MediaTypeWithQualityHeaderValue _json = new("application/json");

    // A client would add a deadline and a cancellation of its own to each request; the handler's life is the factory's
    private readonly HttpMessageInvoker _http = new(handlers.CreateHandler(ClientName(lane)), disposeHandler: false);
    private readonly SemaphoreSlim _slots = new(options.Get(lane).MaxConnections);

    public bool RequiresCredentials => true;

    public static string ClientName(string lane) => $"MailMarketing.Gateway.Http:{lane}";

    public async Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken)
    {
        var current = options.Get(lane);
        var signIn = credentials is null ? null : SignIn(credentials);
        var (results, next) = (new GatewayResult?[messages.Count], -1);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(messages.Count, current.MaxConnections)).Select(_ => WorkAsync()));
        return Array.ConvertAll(results, result => result ?? new GatewayResult(GatewayOutcome.NotSent, "Stopped before a connection was free."));

        // One connection's work. Connections are given in order, so that an earlier call is through first
        async Task WorkAsync()
        {
            try
            {
                await _slots.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                using var deadline = new RequestDeadline(current.Timeout, time, cancellationToken);
                for (int index; !cancellationToken.IsCancellationRequested && (index = Interlocked.Increment(ref next)) < messages.Count;)
                {
                    results[index] = await SendAsync(current, messages[index], signIn, deadline);
                }
            }
            finally
            {
                _slots.Release();
            }
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
    }

    private async Task<GatewayResult> SendAsync(
        HttpGatewayOptions current, EmailMessage message, AuthenticationHeaderValue? signIn, RequestDeadline deadline)
    {
        if (MessageCheck.Mistake(message, current.SupportsAttachments) is { } mistake)
        {
            return new GatewayResult(GatewayOutcome.Rejected, mistake);
        }

        // In arrays of the shared pool, so that a body of 500 KB is no allocation on the large object heap
        var body = new ArrayPoolBufferWriter<byte>(4096);
        OneShotContent? content = null;
        try
        {
            MessageJson.Write(body, message);
            content = new OneShotContent(body.WrittenMemory);
            return await PostAsync(current, message, signIn, content, deadline);
        }
        catch (OutOfMemoryException exception)
        {
            // It comes again; what became of its neighbours must not be lost with it
            return Unanswered(exception, content, "Memory was too little");
        }
        finally
        {
            // Memory that a cut-off write may still be reading is left to the garbage collector.
            if (content?.AtRest ?? true)
            {
                body.Dispose();
            }
        }
    }

    private async Task<GatewayResult> PostAsync(
        HttpGatewayOptions current, EmailMessage message, AuthenticationHeaderValue? signIn, OneShotContent content,
        RequestDeadline deadline)
    {
        var over = deadline.Begin();
        using var request = new HttpRequestMessage(HttpMethod.Post, current.Endpoint) { Content = content };
        request.Headers.Authorization = signIn;
        request.Headers.TryAddWithoutValidation("Idempotency-Key", message.IdempotencyKey);
        request.Headers.Accept.Add(_json);
        try
        {
            using var response = await _http.SendAsync(request, over);
            var body = await ResponseBody.ReadAsync(response, over);
            var result = OutcomeTable.Of(response, body, time.GetUtcNow());
            if (result.Outcome == GatewayOutcome.KeyConflict)
            {
                Log.KeyConflict(logger, lane, message.IdempotencyKey);
            }

            return result;
        }
        catch (Exception exception)
        {
            var what = deadline.IsStopped ? "Stopped"
                : over.IsCancellationRequested ? $"No answer within {current.Timeout.TotalSeconds:0.###} s"
                : Describe(exception);
            return Unanswered(exception, content, what);
        }
    }

    /// <summary>Of any failure only one thing matters: whether the gateway may have the message.</summary>
    private GatewayResult Unanswered(Exception exception, OneShotContent? content, string what)
    {
        var left = content is { Started: true };
        Log.NoAnswer(logger, exception, lane, left);
        return left
            ? new GatewayResult(GatewayOutcome.Ambiguous, $"{what}, after the message began to leave.")
            : new GatewayResult(GatewayOutcome.NotSent, $"{what}, before anything left.");
    }

    private static string Describe(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "The gateway's name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "No trusted TLS connection to the gateway",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "The gateway refused the connection",
        OperationCanceledException => "The connection took too long",
        _ => "The connection broke",
    };

    private static AuthenticationHeaderValue SignIn(GatewayCredentials credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.User}:{credentials.Password}")));
}
