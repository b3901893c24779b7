using MailMarketing;

namespace MailMarketing.Abstractions.Tests;

public class EmailAddressTests
{
    [Theory]
    [InlineData("a@example.com", "a@example.com", "a@example.com")]
    [InlineData("A.B+tag@Example.COM", "A.B+tag@Example.COM", "a.b+tag@example.com")]
    [InlineData(" a@example.com ", "a@example.com", "a@example.com")]
    [InlineData("\u00A0a@example.com", "a@example.com", "a@example.com")]
    [InlineData("a@例え.jp", "a@xn--r8jz45g.jp", "a@xn--r8jz45g.jp")]
    [InlineData("a@xn--r8jz45g.jp", "a@xn--r8jz45g.jp", "a@xn--r8jz45g.jp")]
    [InlineData("-a@example.com", "-a@example.com", "-a@example.com")]
    [InlineData("--help@example.com", "--help@example.com", "--help@example.com")]
    public void Accepts_what_can_be_mailed(string input, string value, string key)
    {
        Assert.True(EmailAddress.TryParse(input, out var address, out var mistake), mistake);
        Assert.Equal(value, address.Value);
        Assert.Equal(key, address.Key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a@")]
    [InlineData("@x.com")]
    [InlineData("a@b@c.com")]
    [InlineData("a@example.com\n")]
    [InlineData("a@example.com\r\nBcc: v@x.com")]
    [InlineData("a@example.com\0")]
    [InlineData("a\tb@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a.@example.com")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@[IPv6:::1]")]
    [InlineData("a@127.0.0.1")]
    [InlineData("a@example.123")]
    [InlineData("x@localhost")]
    [InlineData("a@b")]
    [InlineData("a@example.com.")]
    [InlineData("a@-ex.com")]
    [InlineData("a@ex_ample.com")]
    [InlineData("a@example..com")]
    [InlineData("用户@例子.广告")]
    [InlineData("jose\u0301@example.com")]
    [InlineData("a\u200b@example.com")]
    [InlineData("a\u202e@example.com")]
    [InlineData("a\u2028@example.com")]
    [InlineData("Ann <a@example.com>")]
    [InlineData("<a@example.com>")]
    [InlineData("mailto:a@example.com")]
    [InlineData("a@example.com (c)")]
    [InlineData("a@x.com,b@x.com")]
    [InlineData("a@x.com;b@x.com")]
    public void Refuses_the_rest_with_a_sentence(string? input)
    {
        Assert.False(EmailAddress.TryParse(input, out _, out var mistake));
        Assert.EndsWith(".", mistake);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Limits_the_local_part_to_64_octets(int length, bool valid) =>
        Assert.Equal(valid, EmailAddress.TryParse(new string('a', length) + "@example.com", out _, out _));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Limits_a_label_to_63_octets(int length, bool valid) =>
        Assert.Equal(valid, EmailAddress.TryParse($"a@{new string('b', length)}.com", out _, out _));

    [Theory]
    [InlineData(254, true)]
    [InlineData(255, false)]
    public void Limits_the_whole_to_254_octets(int length, bool valid)
    {
        var local = new string('a', 64);
        var labels = string.Join('.', Enumerable.Repeat(new string('b', 63), 2));
        var last = new string('c', length - local.Length - labels.Length - ".com".Length - 2);
        var address = $"{local}@{labels}.{last}.com";
        Assert.Equal(length, address.Length);
        Assert.Equal(valid, EmailAddress.TryParse(address, out _, out _));
    }

    [Fact]
    public void A_letter_of_another_script_is_another_domain()
    {
        Assert.True(EmailAddress.TryParse("a@exam\u0440le.com", out var cyrillic, out _));
        Assert.StartsWith("a@xn--", cyrillic.Key);
    }

    [Theory]
    [InlineData("a@exam\u0440le.com", true)]
    [InlineData("a@xn--examle-erf.com", true)]
    [InlineData("a@\u043F\u0440\u0438\u043C\u0435\u0440.com", false)]
    [InlineData("a@b\u00FCcher.example", false)]
    [InlineData("a@example.com", false)]
    public void A_domain_that_mixes_scripts_is_valid_and_told(string input, bool mixed)
    {
        Assert.True(EmailAddress.TryParse(input, out var address, out _));
        Assert.Equal(mixed, address.HasMixedScripts);
    }
}
