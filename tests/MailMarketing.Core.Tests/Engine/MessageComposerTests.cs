using MailMarketing.Engine;

namespace MailMarketing.Core.Tests.Engine;

public class MessageComposerTests
{
    private static readonly RenderedEmail Rendered = new("Subject", "<p>Hi</p>", null);

    [Fact]
    public void A_message_has_its_lines_and_a_stable_id()
    {
        var (message, error) = Compose(Make.Job(1));
        Assert.Null(error);
        Assert.Equal(new Mailbox("Shop", "shop@example.org"), message!.From);
        Assert.Equal(new Mailbox("R1", "r1@example.org"), message.To);
        Assert.Equal("<key-1@example.org>", message.Headers["Message-ID"]);
        Assert.Equal(Rendered, message.Content);
        Assert.False(message.Headers.ContainsKey("List-Unsubscribe"));
    }

    [Fact]
    public void A_message_carries_its_files_and_they_count_for_its_size()
    {
        var file = Attachment.Of("terms.pdf", "application/pdf", new byte[] { 1, 2, 3 });
        var message = Compose(Make.Job(1, content: Make.Content with { Attachments = [file] })).Message!;
        Assert.Equal((file, Make.Content.FrozenAt), (Assert.Single(message.Attachments), message.FrozenAt));

        var large = Attachment.Of("large.bin", "application/octet-stream", new byte[Limits.Message / 4 * 3]);
        Assert.Contains("too large", Compose(Make.Job(1, content: Make.Content with { Attachments = [large] })).Error, StringComparison.Ordinal);
        var gone = file with { Content = default };
        Assert.Contains("terms.pdf", Compose(Make.Job(1, content: Make.Content with { Attachments = [gone] })).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(null)]
    public void A_contact_without_a_name_is_called_by_the_address(string? name)
    {
        var message = Compose(With("name", name)).Message;
        Assert.Equal("r1@example.org", message!.To.Name);
    }

    [Fact]
    public void A_link_to_unsubscribe_goes_into_the_headers_for_one_click()
    {
        var message = Compose(With("unsubscribe_url", "https://example.org/u/abc?x=1&y=2")).Message!;
        Assert.Equal("<https://example.org/u/abc?x=1&y=2>", message.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", message.Headers["List-Unsubscribe-Post"]);
    }

    [Fact]
    public void Custom_headers_are_kept_but_never_stand_in_for_ours()
    {
        var content = Make.Content with { Headers = new Dictionary<string, string> { ["X-Shop"] = "one", ["message-id"] = "<theirs@x>" } };
        var message = Compose(Make.Job(1, content: content)).Message!;
        Assert.Equal("one", message.Headers["X-Shop"]);
        Assert.Equal("<key-1@example.org>", message.Headers["Message-ID"]);
        Assert.Equal(2, message.Headers.Count);
    }

    public static TheoryData<string, string> BadFields => new()
    {
        { "email", "" },
        { "email", "nobody" },
        { "email", "a@example.org\0" },
        { "email", "a@example.org\nBcc: b@example.org" },
        { "email", "a@b@example.org" },
        { "name", "Ada\r\nBcc: x@example.org" },
        { "name", "Ada\0" },
        { "name", "Ada\u2028" },
        { "unsubscribe_url", "javascript:alert(1)" },
        { "unsubscribe_url", "https://example.org/>\r\nX: y" },
        { "unsubscribe_url", "https://example.org/a b" },
    };

    [Theory]
    [MemberData(nameof(BadFields))]
    public void A_field_that_could_break_a_header_fails_its_own_message(string field, string value)
    {
        var (message, error) = Compose(With(field, value));
        Assert.Null(message);
        Assert.EndsWith(".", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-A", "one\r\nBcc: two")]
    [InlineData("X-A", "one\0")]
    [InlineData("X A", "one")]
    [InlineData("X:A", "one")]
    [InlineData("X\r\nA", "one")]
    [InlineData("", "one")]
    public void A_header_that_could_break_out_fails(string name, string value)
    {
        var content = Make.Content with { Headers = new Dictionary<string, string> { [name] = value } };
        Assert.NotNull(Compose(Make.Job(1, content: content)).Error);
    }

    [Fact]
    public void A_missing_from_says_what_to_do()
    {
        var (_, error) = Compose(Make.Job(1, content: Make.Content with { From = null }));
        Assert.Contains("set it in the settings", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Shop", "shop")]
    [InlineData("Shop\r\nX: y", "shop@example.org")]
    public void A_from_that_is_none_fails(string name, string email) =>
        Assert.NotNull(Compose(Make.Job(1, content: Make.Content with { From = new(name, email) })).Error);

    [Fact]
    public void A_message_over_one_mebibyte_is_too_large()
    {
        var half = new string('x', 512 * 1024);
        Assert.Null(MessageComposer.Compose(Make.Job(1), new("", half, half)).Error);
        Assert.Contains("too large", MessageComposer.Compose(Make.Job(1), new("s", half, half)).Error, StringComparison.Ordinal);
        var wide = new string('€', 400 * 1024);
        Assert.Contains("too large", MessageComposer.Compose(Make.Job(1), new("s", wide, null)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_message_or_a_broken_subject_fails()
    {
        Assert.NotNull(MessageComposer.Compose(Make.Job(1), new("s", null, "")).Error);
        Assert.NotNull(MessageComposer.Compose(Make.Job(1), new("a\nb", "x", null)).Error);
    }

    private static (EmailMessage? Message, string? Error) Compose(SendJob job) => MessageComposer.Compose(job, Rendered);

    private static SendJob With(string field, string? value)
    {
        var job = Make.Job(1);
        return job with { Fields = new Dictionary<string, object?>(job.Fields) { [field] = value } };
    }
}
