using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailMarketing.AspNetCore.Tests.Api;

public sealed class ImportApiTests(ApiHost host)
{
    /// <summary>Files that are refused as a whole.</summary>
    public static TheoryData<string, byte[]> BadFiles => new()
    {
        { "empty", [] },
        { "a line break", "\n"u8.ToArray() },
        { "no email column", "name,city\nAda,London\n"u8.ToArray() },
        { "no header", "ada@example.org,Ada\n"u8.ToArray() },
        { "the same column twice", "email,name,Name\na@example.org,A,B\n"u8.ToArray() },
        { "the same attribute twice", "email,city,city\na@example.org,A,B\n"u8.ToArray() },
        { "NUL in the header", "email,ci\0ty\na@example.org,A\n"u8.ToArray() },
        { "a header that is not UTF-8", [.. "email,"u8, 0xC3, 0x28, .. "\na@example.org,A\n"u8] },
        { "UTF-16 that does not say so", Encoding.Unicode.GetBytes("email\na@example.org\n") },
        { "a header with a broken quote", "email,\"na"u8.ToArray() },
        { "a header name too long", Encoding.UTF8.GetBytes($"email,{new string('a', 129)}\na@example.org,A\n") },
        { "too many columns", Encoding.UTF8.GetBytes($"email,{string.Join(',', Enumerable.Range(0, 500))}\n") },
        { "a spreadsheet", [0x50, 0x4B, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0, 0x0A, 0xFF, 0xFE, 0, 1, 2] },
    };

    [Theory]
    [MemberData(nameof(BadFiles), DisableDiscoveryEnumeration = true)]
    public async Task A_file_without_a_fit_header_is_refused(string what, byte[] csv)
    {
        var detail = (await host.ImportAsync(csv)).Refused(HttpStatusCode.UnprocessableEntity, "csv");
        Assert.True(detail.Contains("header row", StringComparison.Ordinal), $"{what}: {detail}");
    }

    [Fact]
    public async Task Rows_that_are_wrong_are_counted_with_their_line_and_the_others_imported()
    {
        var (first, last) = (host.NewEmail("first"), host.NewEmail("last"));
        byte[] csv =
        [
            .. Encoding.UTF8.GetBytes($"\uFEFFemail,name,note\r\n{first},\"Doe, \"\"J\"\"\",\"two\r\nlines\"\r\n"), // lines 2 and 3
            .. "nobody,No,x\r\n"u8,
            .. "nul\0@example.org,Nul,x\r\n"u8,
            .. "a1@example.org,N\0l,x\r\n"u8,
            .. "a2@example.org,Bad "u8, 0xC3, 0x28, .. ",x\r\n"u8,
            .. "a3@example.org,Too,many,fields\r\n"u8,
            .. "a4@example.org,Stray \"quote\" here,x\r\n"u8,
            .. Encoding.UTF8.GetBytes($"a5@example.org,{new string('a', 129)},x\r\n"),
            .. Encoding.UTF8.GetBytes($"{last},Last,x\r\n"),
        ];
        var import = (await host.ImportAsync(csv)).Succeeded(HttpStatusCode.Accepted).Json;
        Assert.Equal("completed", import.GetProperty("state").GetString());
        var errors = string.Join('\n', import.GetProperty("errors").EnumerateArray().Select(error => error.GetString()));
        Assert.True(import.GetProperty("rows").GetInt32() == 9, errors);
        Assert.True(import.GetProperty("added").GetInt32() == 2, errors);
        Assert.True(import.GetProperty("rejected").GetInt32() == 7, errors);
        Assert.All(Enumerable.Range(4, 7), line => Assert.Contains($"Line {line}:", errors, StringComparison.Ordinal));
        var contact = Assert.Single((await host.GetAsync($"/contacts?search={first}")).Items);
        Assert.Equal("Doe, \"J\"", contact.GetProperty("name").GetString());
        Assert.Equal("two\r\nlines", contact.GetProperty("attributes").GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_fails_the_rest_of_the_file_and_keeps_what_came_before()
    {
        var before = host.NewEmail("before");
        var import = (await host.ImportAsync($"email,name\n{before},Ok\nb@example.org,\"never closed\nc@example.org,C\n"))
            .Succeeded(HttpStatusCode.Accepted).Json;
        Assert.Equal(1, import.GetProperty("added").GetInt32());
        Assert.Equal(1, import.GetProperty("rejected").GetInt32());
        Assert.Contains("quote", import.GetProperty("errors")[0].GetString(), StringComparison.OrdinalIgnoreCase);
        Assert.Single((await host.GetAsync($"/contacts?search={before}")).Items);
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        var csv = $"email,name,city\n{host.NewEmail()},Ada,London\n{host.NewEmail()},Bob,\n";
        Assert.Equal(2, (await host.ImportAsync(csv)).Json.GetProperty("added").GetInt32());
        Assert.Equal(2, (await host.ImportAsync(csv)).Json.GetProperty("unchanged").GetInt32());
        Assert.Equal(
            1, (await host.ImportAsync(csv.Replace("Bob", "Rob", StringComparison.Ordinal))).Json.GetProperty("updated").GetInt32());
    }

    [Theory]
    [InlineData("0", HttpStatusCode.NotFound)]
    [InlineData("999999", HttpStatusCode.NotFound)]
    [InlineData("-1", HttpStatusCode.BadRequest)]
    [InlineData("one", HttpStatusCode.BadRequest)]
    [InlineData("99999999999999999999", HttpStatusCode.BadRequest)]
    public async Task An_import_into_no_segment_is_refused(string segment, HttpStatusCode status)
    {
        var email = host.NewEmail();
        (await host.CallAsync("POST", $"/contacts/import?segmentId={segment}", Encoding.UTF8.GetBytes($"email\n{email}\n"), "text/csv"))
            .Refused(status);
        Assert.Empty((await host.GetAsync($"/contacts?search={email}")).Items);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csvx")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/csv; charset=utf-16")]
    [InlineData(null)]
    public async Task A_file_of_another_type_is_a_415(string? type)
    {
        var email = host.NewEmail();
        var answer = await host.CallAsync("POST", "/contacts/import", Encoding.UTF8.GetBytes($"email\n{email}\n"), type);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Empty((await host.GetAsync($"/contacts?search={email}")).Items);
    }

    [Theory]
    [InlineData("text/csv; charset=utf-8")]
    [InlineData("TEXT/CSV; header=present")]
    public async Task A_type_with_parameters_is_fine(string type) =>
        (await host.CallAsync("POST", "/contacts/import", Encoding.UTF8.GetBytes($"email\n{host.NewEmail()}\n"), type))
            .Succeeded(HttpStatusCode.Accepted);

    [Fact]
    public async Task A_file_larger_than_1_GiB_is_a_413()
    {
        Assert.StartsWith("HTTP/1.1 413", await StatusLineAsync("Content-Length: 1073741825"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 202", await StatusLineAsync("Content-Length: 6"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_chunks_that_break_off_is_a_400() =>
        Assert.StartsWith(
            "HTTP/1.1 400", await StatusLineAsync("Transfer-Encoding: chunked", "6\r\nemail\n\r\nnonsense"), StringComparison.Ordinal);

    private async Task<string?> StatusLineAsync(string header, string body = "email\n")
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/contacts/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n{header}\r\n\r\n{body}"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken);
    }
}
