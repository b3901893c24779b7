using System.Text;
using MailMarketing.Gateway.Smtp.Tests.Peer;
using MimeKit;

namespace MailMarketing.Gateway.Smtp.Tests;

/// <summary>What arrives, read by another's eyes (FAULTS: B-H01, B-H02, B-H05, B-H09, B-C12, S-54, R4).</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task A_message_arrives_with_all_that_it_says()
    {
        var message = GatewayUnderTest.Message() with
        {
            From = new Mailbox("Läden \"Süd\", <x>", "shop@example.com"),
            To = new Mailbox("Ada, O'Hara 李 🦊", "ada@example.com"),
            Content = new RenderedEmail("Grüße, Ada 🎉 " + new string('s', 200), "<p>Hällo</p>", "Hällo\n.\n..two\nFrom here"),
            Headers = new Dictionary<string, string>
            {
                ["Message-ID"] = "<key-1@example.com>",
                ["List-Unsubscribe"] = $"<https://mail.example.org/m/u/{new string('t', 150)}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
                ["X-Shop"] = "Köln",
                ["Reply-To"] = "help@example.com",
            },
        };

        var mail = await ArriveAsync(message);

        Assert.Equal(("Läden \"Süd\", <x>", "shop@example.com"), NameOf(mail.From));
        Assert.Equal(("Ada, O'Hara 李 🦊", "ada@example.com"), NameOf(mail.To));
        Assert.Equal(message.Content.Subject, mail.Subject);
        Assert.Equal("<p>Hällo</p>", mail.HtmlBody!.TrimEnd());
        Assert.Equal("Hällo\n.\n..two\nFrom here", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal(["text/plain", "text/html"], ((MultipartAlternative)mail.Body!).Select(part => part.ContentType.MimeType));
        Assert.Equal(GatewayUnderTest.FrozenAt, mail.Date);
        Assert.Equal("key-1@example.com", mail.MessageId);
        Assert.Equal(message.Headers["List-Unsubscribe"], mail.Headers[HeaderId.ListUnsubscribe]!.Trim());
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("Köln", mail.Headers["X-Shop"]);
        Assert.Equal("help@example.com", mail.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("1.0", mail.MimeVersion!.ToString());
        Assert.Single(mail.Headers, header => header.Id == HeaderId.MessageId);
        Assert.Single(mail.Headers, header => header.Id == HeaderId.Date);
    }

    [Theory]
    [InlineData("<p>rich</p>", null, "text/html")]
    [InlineData(null, "plain", "text/plain")]
    public async Task One_part_alone_stands_alone(string? html, string? text, string type) => Assert.Equal(
        type, (await ArriveAsync(GatewayUnderTest.Message() with { Content = new RenderedEmail("s", html, text) })).Body!.ContentType.MimeType);

    [Fact]
    public async Task Files_arrive_byte_for_byte_under_their_names()
    {
        var bytes = Enumerable.Range(0, 5000).Select(n => (byte)n).ToArray();
        var name = "Ünterlagen \"final\", ＂v2＂ 契約; a=b " + new string('x', 80) + ".pdf";
        var message = GatewayUnderTest.Message() with
        {
            Attachments = [Attachment.Of(name, "application/pdf", bytes), Attachment.Of("list.csv", "text/csv", "a,b\n.\n"u8.ToArray())],
        };

        var mail = await ArriveAsync(message);

        Assert.Equal("multipart/mixed", mail.Body!.ContentType.MimeType);
        Assert.NotNull(mail.HtmlBody);
        Assert.NotNull(mail.TextBody);
        var files = mail.Attachments.Cast<MimePart>().ToList();
        Assert.Equal([name, "list.csv"], files.Select(file => file.FileName));
        Assert.Equal(["application/pdf", "text/csv"], files.Select(file => file.ContentType.MimeType));
        Assert.Equal(bytes, Decoded(files[0]));
        Assert.Equal("a,b\n.\n"u8.ToArray(), Decoded(files[1]));
    }

    [Fact]
    public async Task Every_attempt_sends_the_same_bytes()
    {
        var message = GatewayUnderTest.Message() with { Attachments = [Attachment.Of("a.bin", "application/octet-stream", new byte[] { 1, 2, 3 })] };
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);
        await gateway.SendAsync(message);
        await gateway.SendAsync(message);
        Assert.Equal(peer.Messages[0], peer.Messages[1]);
    }

    public static TheoryData<string> Breaks => ["hi\r\nBcc: v@x.com", "hi\rBcc: v@x.com", "hi\nBcc: v@x.com", "hi\0", "hi\u0085x"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Nothing_that_could_make_a_header_reaches_the_server(string text)
    {
        var good = GatewayUnderTest.Message();
        EmailMessage[] bad =
        [
            good with { Content = good.Content with { Subject = text } },
            good with { From = new Mailbox(text, "shop@example.com") },
            good with { To = new Mailbox(text, "ada@example.com") },
            good with { To = new Mailbox(null, $"{text}@example.com") },
            good with { From = new Mailbox(null, $"shop@example.com{text}") },
            good with { Headers = new Dictionary<string, string> { ["X-Shop"] = text } },
            good with { Headers = new Dictionary<string, string> { [$"X-{text}"] = "1" } },
            good with { Attachments = [Attachment.Of(text, "text/plain", new byte[1])] },
            good with { Attachments = [Attachment.Of("a.txt", text, new byte[1])] },
        ];
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);

        Assert.All(await gateway.SendAllAsync(bad), result => Assert.Equal(GatewayOutcome.Rejected, result.Outcome));

        Assert.Equal((0, 0), (peer.Connections, peer.Messages.Count));
    }

    [Theory]
    [InlineData("\"a b\"@example.com")]
    [InlineData("a@example.com> SIZE=1")]
    [InlineData("a@example.com>, <b@example.com")]
    [InlineData("a@example.com,b@example.com")]
    [InlineData("<a@example.com>")]
    [InlineData("nobody")]
    public async Task An_address_is_one_address_or_none(string address)
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);

        var result = await gateway.SendAsync(GatewayUnderTest.Message() with { To = new Mailbox(null, address) });

        Assert.Equal(GatewayOutcome.Rejected, result.Outcome);
        Assert.DoesNotContain(peer.Commands, line => line.StartsWith("RCPT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_lane_that_carries_no_files_sends_no_message_without_them()
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port, options => options.SupportsAttachments = false);
        var result = await gateway.SendAsync(GatewayUnderTest.Message() with { Attachments = [Attachment.Of("a", "text/plain", new byte[1])] });
        Assert.Equal(GatewayOutcome.Rejected, result.Outcome);
        Assert.Empty(peer.Messages);
    }

    private static async Task<MimeMessage> ArriveAsync(EmailMessage message)
    {
        await using var peer = new SmtpPeer();
        await using var gateway = new GatewayUnderTest(peer.Port);
        var result = await gateway.SendAsync(message);
        Assert.True(result.Outcome == GatewayOutcome.Accepted, result.Reason);
        var raw = peer.Messages.Single();
        Assert.All(raw.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
        return await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(raw)), TestContext.Current.CancellationToken);
    }

    private static (string?, string) NameOf(InternetAddressList list) => (list.Mailboxes.Single().Name, list.Mailboxes.Single().Address);

    private static byte[] Decoded(MimePart part)
    {
        using var bytes = new MemoryStream();
        part.Content!.DecodeTo(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }
}
