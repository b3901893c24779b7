using System.Net;
using System.Security.Authentication;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace MailMarketing.Gateway.Smtp;

/// <summary>A connection that stands, signed in where there are credentials.</summary>
internal sealed class SmtpConnection : IDisposable
{
    private readonly SmtpClient _client;
    private readonly GatewayCredentials? _credentials;

    private SmtpConnection(SmtpClient client, GatewayCredentials? credentials) => (_client, _credentials) = (client, credentials);

    /// <summary>How many messages it was used for.</summary>
    public int Messages { get; private set; }

    /// <summary>When it was last used, by <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public long UsedAt { get; set; }

    /// <summary>Whether it still stands, as far as this side knows.</summary>
    public bool IsUp => _client.IsConnected;

    public static async Task<SmtpConnection> OpenAsync(
        SmtpGatewayOptions options, GatewayCredentials? credentials, CancellationToken cancellationToken)
    {
        var client = new SmtpClient
        {
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,

            // As everywhere else in .NET: it asks a third party during every handshake, and fails where that is away
            CheckCertificateRevocation = false,
            LocalDomain = options.LocalDomain,
        };
        try
        {
            await client.ConnectAsync(options.Host, options.Port, Security(options.Security), cancellationToken);

            // By DATA a message has an end that can be seen, see SendProgress
            client.Capabilities &= ~(SmtpCapabilities.Chunking | SmtpCapabilities.BinaryMime);
            if (credentials is not null)
            {
                await client.AuthenticateAsync(new NetworkCredential(credentials.User, credentials.Password), cancellationToken);
            }

            return new SmtpConnection(client, credentials);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Whether it is signed in with these.</summary>
    public bool IsFor(GatewayCredentials? credentials) => Equals(credentials, _credentials);

    /// <summary>Sends one message; gives what the server said.</summary>
    public async Task<string> SendAsync(EmailMessage message, SendProgress progress, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Messages++;
        using var mime = MimeMessages.Of(message, now);
        return await _client.SendAsync(mime, cancellationToken, progress);
    }

    /// <summary>Says goodbye where that takes no time; what does not answer is left alone.</summary>
    public async Task CloseAsync()
    {
        try
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _client.DisconnectAsync(quit: true, soon.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or MailKit.ProtocolException
            or MailKit.CommandException or MailKit.ServiceNotConnectedException)
        {
            // It is closed, with or without a word
        }

        Dispose();
    }

    public void Dispose() => _client.Dispose();

    private static SecureSocketOptions Security(SmtpSecurity security) => security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
