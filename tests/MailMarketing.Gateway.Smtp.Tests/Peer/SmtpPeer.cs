using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MailMarketing.Gateway.Smtp.Tests.Peer;

/// <summary>An SMTP server on loopback that writes down what it is told and answers as a test says.</summary>
internal sealed class SmtpPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _commands = [];
    private readonly ConcurrentQueue<string> _messages = [];
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;
    private int _connections;

    public SmtpPeer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Every command line, of all connections.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <summary>What was taken: the lines between DATA and the dot, unstuffed.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    /// <summary>What it says first.</summary>
    public string Greeting { get; init; } = "220 peer ESMTP";

    /// <summary>What it says it can.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = ["PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN"];

    /// <summary>The answer to a command; null for the usual one.</summary>
    public Func<string, string?> Answer { get; init; } = _ => null;

    /// <summary>The answer to a message.</summary>
    public Func<string, string> AnswerMessage { get; init; } = _ => "250 2.0.0 Ok: queued as 4Fx1";

    /// <summary>Lets it offer STARTTLS, or speak TLS from the start.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool TlsFromTheStart { get; init; }

    /// <summary>Whether answers come in packets of one byte.</summary>
    public bool Stutters { get; init; }

    /// <summary>Hangs up on everybody, as a server does to who says nothing for long.</summary>
    public void HangUpOnAll()
    {
        lock (_sockets)
        {
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        HangUpOnAll();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> treated = [];
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                Interlocked.Increment(ref _connections);
                lock (_sockets)
                {
                    _sockets.Add(socket);
                }

                treated.Add(TreatAsync(socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(treated);
        }
    }

    private async Task TreatAsync(Socket socket)
    {
        await using var plain = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await SpeakAsync(TlsFromTheStart ? await EncryptAsync(plain) : plain, greet: true);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException
            or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The client hung up, or the test is over
        }
    }

    private async Task<Stream> EncryptAsync(Stream plain)
    {
        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return tls;
    }

    private async Task SpeakAsync(Stream stream, bool greet)
    {
        var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        if (greet && !await SayAsync(stream, Greeting))
        {
            return;
        }

        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            _commands.Enqueue(line);
            var word = line.Split(' ')[0].ToUpperInvariant();
            var answer = Answer(line) ?? Usual(word);
            if (!await SayAsync(stream, answer))
            {
                return;
            }

            if (word == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal))
            {
                await SpeakAsync(await EncryptAsync(stream), greet: false);
                return;
            }

            if (word == "DATA" && answer.StartsWith("354", StringComparison.Ordinal))
            {
                var message = await ReadMessageAsync(reader);
                var outcome = message is null ? Reply.HangUp : AnswerMessage(message);
                if (outcome.StartsWith("250", StringComparison.Ordinal))
                {
                    _messages.Enqueue(message!);
                }

                if (!await SayAsync(stream, outcome))
                {
                    return;
                }
            }

            if (word == "QUIT")
            {
                return;
            }
        }
    }

    private async Task<string?> ReadMessageAsync(StreamReader reader)
    {
        var message = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line == ".")
            {
                return message.ToString();
            }

            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return null;
    }

    private string Usual(string word) => word switch
    {
        "EHLO" => string.Join("\r\n", Offers().Prepend("peer").Select((offer, index) => $"250{(index == Offers().Count ? ' ' : '-')}{offer}")),
        "STARTTLS" => Certificate is null ? "502 no such command" : "220 go ahead",
        "AUTH" => "235 2.7.0 welcome",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private List<string> Offers() => Certificate is null || TlsFromTheStart ? [.. Capabilities] : [.. Capabilities, "STARTTLS"];

    /// <summary>False where the conversation is over.</summary>
    private async Task<bool> SayAsync(Stream stream, string answer)
    {
        switch (answer)
        {
            case Reply.HangUp:
                stream.Close();
                return false;
            case Reply.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                return false;
        }

        var bytes = Encoding.Latin1.GetBytes(answer + "\r\n");
        foreach (var part in Stutters ? bytes.Chunk(1) : [bytes])
        {
            await stream.WriteAsync(part, _stop.Token);
            await stream.FlushAsync(_stop.Token);
        }

        if (answer.StartsWith("421", StringComparison.Ordinal))
        {
            stream.Close();
            return false;
        }

        return true;
    }
}
