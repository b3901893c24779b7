using System.Globalization;
using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace MailMarketing.Gateway.Smtp;

/// <summary>From what a server answered, or did not, to an outcome.</summary>
internal static class OutcomeTable
{
    private const int MaxExcerpt = 300;

    // 530 asks for authentication, the others refuse it (RFC 4954, 6)
    private static readonly int[] OfSignIn = [530, 534, 535, 538];

    /// <summary>Why no connection stood that a message could be sent over. Nothing of it left.</summary>
    public static GatewayResult OfConnecting(Exception exception) => exception switch
    {
        AuthenticationException or SmtpCommandException when Status(exception) is >= 400 and < 500 => NotSent(Answered(exception)),
        AuthenticationException => new GatewayResult(GatewayOutcome.Unauthorized, Answered(exception)),
        SmtpCommandException command when OfSignIn.Contains((int)command.StatusCode) =>
            new GatewayResult(GatewayOutcome.Unauthorized, Answered(command)),
        SmtpCommandException => NotSent(Answered(exception)),
        NotSupportedException when exception.Message.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase) =>
            NotSent("The server offers no encryption (STARTTLS), and nothing is sent without: check the lane's Host and Security."),
        NotSupportedException => new GatewayResult(
            GatewayOutcome.Unauthorized, "The server takes no credentials: set RequiresCredentials to false, or check the lane's Host."),
        SslHandshakeException or System.Security.Authentication.AuthenticationException => NotSent("No trusted TLS connection to the server."),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            NotSent("The server's name is not known."),
        SocketException => NotSent("The server refused the connection."),
        OperationCanceledException => NotSent("The connection took too long."),
        _ => NotSent("The connection broke before anything left."),
    };

    /// <summary>What became of a message whose sending failed.</summary>
    public static GatewayResult OfSending(Exception exception, Left left) => exception switch
    {
        SmtpCommandException command => OfStatus((int)command.StatusCode, command, left),
        MailKit.ServiceNotAuthenticatedException => new GatewayResult(GatewayOutcome.Unauthorized, Answered(exception)),
        NotSupportedException or ArgumentException or FormatException => new GatewayResult(
            GatewayOutcome.Rejected, "The message has an address that this server cannot take. Nothing was sent."),
        _ => OfSilence(left),
    };

    private static GatewayResult OfStatus(int status, SmtpCommandException exception, Left left) => status switch
    {
        421 when left == Left.Nothing => NotSent(Answered(exception)),
        >= 400 and < 500 => new GatewayResult(GatewayOutcome.Deferred, Answered(exception)),
        _ when OfSignIn.Contains(status) => new GatewayResult(GatewayOutcome.Unauthorized, Answered(exception)),
        >= 500 => new GatewayResult(GatewayOutcome.Rejected, Answered(exception)),

        // No answer that this step can have
        _ => OfSilence(left),
    };

    private static GatewayResult OfSilence(Left left) => left switch
    {
        Left.Nothing => NotSent("The connection broke before anything left."),
        Left.Part => new GatewayResult(
            GatewayOutcome.Deferred, "The connection broke before the message had left: the server cannot have taken it."),
        _ => new GatewayResult(GatewayOutcome.Ambiguous, "No answer came after the message had left."),
    };

    private static GatewayResult NotSent(string reason) => new(GatewayOutcome.NotSent, reason);

    private static int? Status(Exception exception) => exception switch
    {
        SmtpCommandException command => (int)command.StatusCode,

        // Its message is the answer: "454: try later"
        AuthenticationException { Message.Length: >= 3 } refused
            when int.TryParse(refused.Message.AsSpan(0, 3), CultureInfo.InvariantCulture, out var status) => status,
        _ => null,
    };

    private static string Answered(Exception exception)
    {
        var text = OneLine(exception.Message);
        var status = (exception as SmtpCommandException)?.StatusCode is { } code ? (int)code : (int?)null;
        var what = status switch
        {
            452 => " (out of space)",
            552 => " (too large, or the mailbox is full)",
            _ => "",
        };
        return status is null ? $"The server answered: {text}" : string.Create(
            CultureInfo.InvariantCulture, $"The server answered {status}{what}: {text}");
    }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Trim().Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= MaxExcerpt ? line : line[..(char.IsHighSurrogate(line[MaxExcerpt - 1]) ? MaxExcerpt - 1 : MaxExcerpt)];
    }
}
