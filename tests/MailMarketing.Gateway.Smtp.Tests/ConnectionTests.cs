using MailMarketing.Gateway.Smtp.Tests.Peer;

namespace MailMarketing.Gateway.Smtp.Tests;

/// <summary>Connections are used again, and never in a way that a message could be doubted for (FAULTS: F-30).</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Messages_share_a_connection_from_one_call_to_the_next()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);
        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(GatewayUnderTest.Message($"k{n}"))).Outcome);
        }

        Assert.Equal((1, 5), (peer.Connections, peer.Messages.Count));
        Assert.Single(peer.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_of_them_stand_at_once_than_the_lane_has()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.MaxConnections = 3);

        var results = await gateway.SendAllAsync([.. Enumerable.Range(0, 40).Select(n => GatewayUnderTest.Message($"k{n}"))]);

        Assert.All(results, result => Assert.Equal(GatewayOutcome.Accepted, result.Outcome));
        Assert.Equal(40, peer.Messages.Distinct().Count());
        Assert.InRange(peer.Connections, 1, 3);
    }

    [Fact]
    public async Task A_connection_that_has_done_its_part_is_closed_with_a_goodbye()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.MessagesPerConnection = 2);

        await gateway.SendAllAsync([.. Enumerable.Range(0, 5).Select(n => GatewayUnderTest.Message($"k{n}"))]);

        Assert.Equal((3, 5), (peer.Connections, peer.Messages.Count));
        Assert.Equal(2, peer.Commands.Count(line => line == "QUIT"));
    }

    [Fact]
    public async Task A_server_that_hung_up_meanwhile_gets_the_message_over_a_new_connection_once()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(GatewayUnderTest.Message("k1"))).Outcome);
        peer.HangUpOnAll();

        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(GatewayUnderTest.Message("k2"))).Outcome);

        Assert.Equal((2, 2), (peer.Connections, peer.Messages.Count));
    }

    [Fact]
    public async Task One_that_says_goodbye_to_a_kept_connection_is_asked_again_once()
    {
        var mails = 0;
        await using var peer = new SmtpPeer
        {
            Answer = line => line.StartsWith("MAIL", StringComparison.Ordinal) && ++mails == 2 ? "421 idle for too long" : null,
        };
        await using var gateway = new GatewayUnderTest(peer.Port);
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(GatewayUnderTest.Message("k1"))).Outcome);
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(GatewayUnderTest.Message("k2"))).Outcome);
        Assert.Equal((2, 2), (peer.Connections, peer.Messages.Count));
    }

    [Fact]
    public async Task A_message_in_doubt_is_not_tried_again_in_secret()
    {
        var messages = 0;
        await using var peer = new SmtpPeer { AnswerMessage = _ => ++messages == 2 ? Reply.HangUp : "250 ok" };
        await using var gateway = new GatewayUnderTest(peer.Port);
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(GatewayUnderTest.Message("k1"))).Outcome);
        Assert.Equal(GatewayOutcome.Ambiguous, (await gateway.SendAsync(GatewayUnderTest.Message("k2"))).Outcome);
        Assert.Equal((1, 2), (peer.Connections, messages));
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync(GatewayUnderTest.Message("k3"))).Outcome);
    }

    [Fact]
    public async Task New_credentials_sign_in_anew()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);
        await gateway.SendAsync();
        await gateway.SendAsync(GatewayUnderTest.Message("k2"), new GatewayCredentials("shop", "newer"));
        Assert.Equal((2, 2), (peer.Connections, peer.Messages.Count));
    }

    [Fact]
    public async Task A_stop_leaves_what_was_not_begun()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var results = await gateway.Gateway.SendAsync([GatewayUnderTest.Message()], GatewayUnderTest.Credentials, stopped.Token);
        Assert.Equal(GatewayOutcome.NotSent, Assert.Single(results).Outcome);
        Assert.Equal(0, peer.Connections);
    }
}
