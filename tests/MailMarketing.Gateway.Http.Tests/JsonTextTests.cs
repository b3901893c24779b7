using System.Buffers;
using System.Text.Json;

namespace MailMarketing.Gateway.Http.Tests;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("<p class=\"a\">Zoë & 'friends' \\ 日本 😀</p>\r\n\t")]
    [InlineData("\"")]
    [InlineData("\u2028\u2029\uFEFF\u007F\u0085")]
    public void A_text_is_read_back_as_it_was(string text) => Assert.Equal(text, ReadBack(text));

    [Fact]
    public void Every_character_is_read_back_and_half_a_one_is_replaced()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var text = $"a{(char)code}b";
            Assert.Equal(char.IsSurrogate((char)code) ? "a\uFFFDb" : text, ReadBack(text));
        }
    }

    private static string? ReadBack(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.Write(output, text);
        return JsonSerializer.Deserialize<string>(output.WrittenSpan);
    }
}
