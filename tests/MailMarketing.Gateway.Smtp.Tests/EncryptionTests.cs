using System.Reflection;
using MailMarketing.Gateway.Smtp.Tests.Peer;

namespace MailMarketing.Gateway.Smtp.Tests;

/// <summary>Nothing leaves in the clear, and nothing to who is not vouched for (FAULTS: F-30, S-52, S-54).</summary>
public sealed class EncryptionTests
{
    [Fact]
    public async Task By_default_credentials_and_messages_go_over_STARTTLS()
    {
        using var certificate = TestAuthority.Vouched("localhost");
        await using var peer = new SmtpPeer { Certificate = certificate };
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.Security = new SmtpGatewayOptions().Security);

        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync()).Outcome);

        var words = peer.Commands.Select(line => line.Split(' ')[0]).ToList();
        Assert.Equal(["EHLO", "STARTTLS", "EHLO", "AUTH"], words.Take(4));
    }

    [Fact]
    public async Task A_server_that_offers_no_encryption_gets_neither_credentials_nor_messages()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.Security = SmtpSecurity.StartTls);

        var result = await gateway.SendAsync();

        Assert.Equal(GatewayOutcome.NotSent, result.Outcome);
        Assert.Contains("STARTTLS", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(peer.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal) || line.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_STARTTLS_gets_nothing_either()
    {
        using var certificate = TestAuthority.Vouched("localhost");
        await using var peer = new SmtpPeer
        {
            Certificate = certificate, Answer = line => line == "STARTTLS" ? "454 TLS not available" : null,
        };
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.Security = SmtpSecurity.StartTls);
        Assert.Equal(GatewayOutcome.NotSent, (await gateway.SendAsync()).Outcome);
        Assert.DoesNotContain(peer.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_nobody_vouches_for_gets_nothing(bool fromTheStart)
    {
        using var certificate = TestAuthority.Unknown("localhost");
        await using var peer = new SmtpPeer { Certificate = certificate, TlsFromTheStart = fromTheStart };
        await using var gateway = new GatewayUnderTest(
            peer.Port, options => options.Security = fromTheStart ? SmtpSecurity.Tls : SmtpSecurity.StartTls);

        var result = await gateway.SendAsync();

        Assert.Equal(GatewayOutcome.NotSent, result.Outcome);
        Assert.Contains("TLS", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(peer.Commands, line => line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nor_does_one_for_another_host()
    {
        using var certificate = TestAuthority.Vouched("elsewhere.example.org");
        await using var peer = new SmtpPeer { Certificate = certificate, TlsFromTheStart = true };
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.Security = SmtpSecurity.Tls);
        Assert.Equal(GatewayOutcome.NotSent, (await gateway.SendAsync()).Outcome);
        Assert.Empty(peer.Commands);
    }

    [Fact]
    public async Task TLS_from_the_first_byte_is_an_option()
    {
        using var certificate = TestAuthority.Vouched("localhost");
        await using var peer = new SmtpPeer { Certificate = certificate, TlsFromTheStart = true };
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.Security = SmtpSecurity.Tls);
        Assert.Equal(GatewayOutcome.Accepted, (await gateway.SendAsync()).Outcome);
    }

    // Before these MimeKit let a quoted local part inject commands, and MailKit let an answer to STARTTLS be injected
    [Theory]
    [InlineData(typeof(MailKit.Net.Smtp.SmtpClient), "4.16")]
    [InlineData(typeof(MimeKit.MimeMessage), "4.15.1")]
    public void The_libraries_are_younger_than_their_known_holes(Type of, string floor)
    {
        var version = of.Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()!.Version;
        Assert.True(Version.Parse(version) >= Version.Parse(floor), version);
    }
}
