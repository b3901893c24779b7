using System.Net;
using System.Net.Sockets;
using MailMarketing.Gateway.Smtp.Tests.Peer;

namespace MailMarketing.Gateway.Smtp.Tests;

/// <summary>What becomes of a message by what the server answers (FAULTS: R11, F-30).</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task A_message_that_is_taken_has_the_name_that_the_server_gave_it()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);

        Assert.Equal(GatewayResult.Accepted("4Fx1"), await gateway.SendAsync());

        Assert.Single(peer.Messages);
        Assert.Contains("MAIL FROM:<shop@example.com>", peer.Commands.Single(line => line.StartsWith("MAIL", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("RCPT TO:<ada@example.com>", peer.Commands, StringComparer.Ordinal);
        Assert.Contains("EHLO sender.example.org", peer.Commands, StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_a_name_is_taken_all_the_same()
    {
        await using var peer = new SmtpPeer { AnswerMessage = _ => "250 ok" };
        await using var gateway = new GatewayUnderTest(peer.Port);
        Assert.Equal(GatewayResult.Accepted(null), await gateway.SendAsync());
    }

    [Theory]
    [InlineData("MAIL", "421 4.3.2 closing", GatewayOutcome.NotSent)]
    [InlineData("MAIL", "451 4.3.0 later", GatewayOutcome.Deferred)]
    [InlineData("MAIL", "530 5.7.0 Authentication required", GatewayOutcome.Unauthorized)]
    [InlineData("MAIL", "550 5.7.1 not you", GatewayOutcome.Rejected)]
    [InlineData("RCPT", "450 4.2.0 greylisted", GatewayOutcome.Deferred)]
    [InlineData("RCPT", "452 4.2.2 no space", GatewayOutcome.Deferred)]
    [InlineData("RCPT", "550 5.1.1 nobody here", GatewayOutcome.Rejected)]
    [InlineData("RCPT", "421 4.3.2 closing", GatewayOutcome.NotSent)]
    [InlineData("RCPT", Reply.HangUp, GatewayOutcome.NotSent)]
    [InlineData("DATA", "451 4.3.0 later", GatewayOutcome.Deferred)]
    [InlineData("DATA", "554 5.5.1 no valid recipients", GatewayOutcome.Rejected)]
    [InlineData("DATA", Reply.HangUp, GatewayOutcome.NotSent)]
    [InlineData("AUTH", "535 5.7.8 wrong", GatewayOutcome.Unauthorized)]
    [InlineData("AUTH", "454 4.7.0 not now", GatewayOutcome.NotSent)]
    [InlineData("AUTH", Reply.HangUp, GatewayOutcome.NotSent)]
    [InlineData("EHLO", "421 4.3.2 closing", GatewayOutcome.NotSent)]
    [InlineData("EHLO", Reply.HangUp, GatewayOutcome.NotSent)]
    internal async Task A_refusal_before_the_message_is_judged_by_its_number(string command, string answer, GatewayOutcome outcome)
    {
        await using var peer = new SmtpPeer { Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        await using var gateway = new GatewayUnderTest(peer.Port);

        var result = await gateway.SendAsync();

        Assert.Equal(outcome, result.Outcome);
        Assert.NotNull(result.Reason);
        Assert.Empty(peer.Messages);

        // After a refused EHLO it tries HELO, and that is what fails
        if (answer != Reply.HangUp && command != "EHLO")
        {
            Assert.Contains(answer[4..], result.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("421 4.3.2 closing", GatewayOutcome.Deferred)]
    [InlineData("451 4.3.0 later", GatewayOutcome.Deferred)]
    [InlineData("452 4.3.1 no space", GatewayOutcome.Deferred)]
    [InlineData("552 5.3.4 too large", GatewayOutcome.Rejected)]
    [InlineData("554 5.7.1 spam", GatewayOutcome.Rejected)]
    [InlineData(Reply.HangUp, GatewayOutcome.Ambiguous)]
    [InlineData(Reply.Silence, GatewayOutcome.Ambiguous)]
    internal async Task After_the_dot_only_an_answer_tells_what_became_of_it(string answer, GatewayOutcome outcome)
    {
        await using var peer = new SmtpPeer { AnswerMessage = _ => answer };
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.Timeout = TimeSpan.FromSeconds(2));
        Assert.Equal(outcome, (await gateway.SendAsync()).Outcome);
        Assert.Equal(1, peer.Connections);
    }

    [Theory]
    [InlineData("421 too many connections")]
    [InlineData("554 no service here")]
    [InlineData(Reply.HangUp)]
    [InlineData(Reply.Silence)]
    public async Task A_server_that_does_not_greet_was_sent_nothing(string greeting)
    {
        await using var peer = new SmtpPeer { Greeting = greeting };
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.Timeout = TimeSpan.FromSeconds(1));
        Assert.Equal(GatewayOutcome.NotSent, (await gateway.SendAsync()).Outcome);
        Assert.Empty(peer.Commands);
    }

    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Dispose();
        await using var gateway = new GatewayUnderTest(port);

        var result = await gateway.SendAsync();

        Assert.Equal(GatewayOutcome.NotSent, result.Outcome);
        Assert.Contains("refused", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_was_cut_before_its_end_cannot_have_been_taken()
    {
        // It stops reading in the middle of the message, and hangs up
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var peer = new SmtpPeer
        {
            Answer = line =>
            {
                _ = line == "DATA" && began.TrySetResult();
                return null;
            },
        };
        await using var gateway = new GatewayUnderTest(peer.Port);
        var large = GatewayUnderTest.Message() with { Content = new RenderedEmail("s", null, new string('x', 50_000_000)) };

        var sending = gateway.SendAsync(large);
        await began.Task;
        peer.HangUpOnAll();

        var result = await sending;
        Assert.True(result.Outcome is GatewayOutcome.Deferred or GatewayOutcome.NotSent, $"{result}");
        Assert.Empty(peer.Messages);
    }

    [Fact]
    public async Task An_answer_in_pieces_is_put_together()
    {
        await using var peer = new SmtpPeer { Stutters = true };
        await using var gateway = new GatewayUnderTest(peer.Port);
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync()).Outcome);
    }

    [Fact]
    public async Task Of_many_messages_one_that_is_refused_is_refused_alone()
    {
        await using var peer = new SmtpPeer { Answer = line => line.Contains("<nobody@", StringComparison.Ordinal) ? "550 nobody here" : null };
        await using var gateway = new GatewayUnderTest(peer.Port);
        var bad = GatewayUnderTest.Message("k2") with { To = new Mailbox(null, "nobody@example.com") };

        var results = await gateway.SendAllAsync(GatewayUnderTest.Message("k1"), bad, GatewayUnderTest.Message("k3"));

        Assert.Equal(
            [GatewayOutcome.Accepted, GatewayOutcome.Rejected, GatewayOutcome.Accepted], results.Select(result => result.Outcome));
        Assert.Equal((1, 2), (peer.Connections, peer.Messages.Count));
        Assert.Contains("RSET", peer.Commands, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Who_is_refused_does_not_try_again_for_each_message()
    {
        await using var peer = new SmtpPeer { Answer = line => line.StartsWith("AUTH", StringComparison.Ordinal) ? "535 wrong" : null };
        await using var gateway = new GatewayUnderTest(peer.Port);

        var results = await gateway.SendAllAsync([.. Enumerable.Range(0, 20).Select(n => GatewayUnderTest.Message($"k{n}"))]);

        Assert.All(results, result => Assert.Equal(GatewayOutcome.Unauthorized, result.Outcome));
        Assert.Equal(1, peer.Connections);
        Assert.All(results, result => Assert.DoesNotContain("secret", result.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_takes_no_credentials_is_told_of()
    {
        await using var peer = new SmtpPeer { Capabilities = ["PIPELINING"] };
        await using var gateway = new GatewayUnderTest(peer.Port);
        Assert.Equal(GatewayOutcome.Unauthorized, (await gateway.SendAsync()).Outcome);

        await using var open = new GatewayUnderTest(peer.Port, options => options.RequiresCredentials = false);
        Assert.False(open.Gateway.RequiresCredentials);
        Assert.Equal(GatewayOutcome.Accepted, (await open.SendAsync()).Outcome);
    }

    [Fact]
    public async Task Without_8_bit_and_international_addresses_it_still_sends_what_can_be_sent()
    {
        await using var peer = new SmtpPeer { Capabilities = ["AUTH PLAIN"] };
        await using var gateway = new GatewayUnderTest(peer.Port);
        var message = GatewayUnderTest.Message() with { Content = new RenderedEmail("Grüße 🎉", "<p>Ünïcödé 你好</p>", null) };

        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(message)).Outcome);
        Assert.All(peer.Messages.Single(), letter => Assert.True(char.IsAscii(letter)));

        var abroad = GatewayUnderTest.Message("k2") with { To = new Mailbox(null, "jörg@example.com") };
        Assert.Equal(GatewayOutcome.Rejected, (await gateway.SendAsync(abroad)).Outcome);
    }
}
