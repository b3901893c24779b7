namespace MailMarketing.Core.Tests.Client;

public sealed class SettingsClientTests : IAsyncDisposable
{
    private readonly ClientHarness _harness = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private SettingsClient Settings => _harness.Client.Settings;

    [Fact]
    public async Task Credentials_are_encrypted_and_never_shown()
    {
        var view = (await Settings.UpdateAsync(new() { Auth = new("operator", "s3cret-word") }, Stop)).OrThrow();

        Assert.True(view.AuthConfigured);
        Assert.Equal([("bulk", true), ("other", false)], view.Lanes.Select(lane => (lane.Name, lane.Configured)));
        Assert.DoesNotContain("s3cret-word", System.Text.Json.JsonSerializer.Serialize(view), StringComparison.Ordinal);
        var stored = _harness.Stores.Settings.ProtectedCredentials["bulk"];
        Assert.DoesNotContain("s3cret", stored, StringComparison.Ordinal);
        Assert.Equal(new GatewayCredentials("operator", "s3cret-word"), _harness.Get<CredentialProtector>().Unprotect("bulk", stored));
    }

    [Fact]
    public async Task Credentials_moved_to_another_lane_do_not_decrypt()
    {
        await Settings.UpdateAsync(new() { Auth = new("u", "p"), Lane = "other" }, Stop);
        var stored = _harness.Stores.Settings.ProtectedCredentials["other"];

        var mistake = Assert.Throws<MailMarketingException>(() => _harness.Get<CredentialProtector>().Unprotect("bulk", stored));
        Assert.Contains("set them again", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_leaves_what_it_does_not_name()
    {
        await Settings.UpdateAsync(new() { From = new("News", "news@example.org"), Auth = new("u", "p") }, Stop);
        await Settings.UpdateAsync(new() { Headers = new Dictionary<string, string> { ["X-A"] = "1" } }, Stop);
        var view = (await Settings.UpdateAsync(new(), Stop)).OrThrow();

        Assert.Equal(new Mailbox("News", "news@example.org"), view.From);
        Assert.Equal("1", view.Headers["X-A"]);
        Assert.True(view.AuthConfigured);
    }

    [Theory]
    [InlineData("To")]
    [InlineData("FROM")]
    [InlineData("bcc")]
    [InlineData("Sender")]
    [InlineData("Message-ID")]
    [InlineData("DKIM-Signature")]
    [InlineData("Content-Type")]
    [InlineData("MIME-Version")]
    [InlineData("List-Unsubscribe")]
    [InlineData("")]
    [InlineData("X A")]
    [InlineData("X-A:")]
    [InlineData("X-A\r\nBcc")]
    [InlineData("X-Ä")]
    public async Task Reserved_and_malformed_header_names_are_refused(string name) =>
        Assert.Equal("headers", await RefusedAsync(new() { Headers = new Dictionary<string, string> { [name] = "1" } }));

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    public async Task A_header_value_that_would_begin_another_is_refused(string value) =>
        Assert.Equal("headers", await RefusedAsync(new() { Headers = new Dictionary<string, string> { ["X-A"] = value } }));

    [Fact]
    public async Task Answers_go_to_an_address()
    {
        Assert.True((await Settings.UpdateAsync(Of("answers@example.org"), Stop)).Succeeded);
        Assert.Equal("headers", await RefusedAsync(Of("nobody")));

        static SenderSettingsPatch Of(string value) => new() { Headers = new Dictionary<string, string> { ["reply-to"] = value } };
    }

    [Fact]
    public async Task A_header_value_has_998_octets_at_most()
    {
        Assert.True((await Settings.UpdateAsync(Of(new string('a', 998)), Stop)).Succeeded);
        Assert.Equal("headers", await RefusedAsync(Of(new string('a', 999))));
        Assert.Equal("headers", await RefusedAsync(Of(new string('ä', 500))));

        static SenderSettingsPatch Of(string value) => new() { Headers = new Dictionary<string, string> { ["X-A"] = value } };
    }

    [Fact]
    public async Task There_are_30_headers_at_most_and_no_two_of_one_name()
    {
        Assert.Equal("headers", await RefusedAsync(Of(Enumerable.Range(0, 31).Select(i => $"X-{i}"))));
        Assert.Equal("headers", await RefusedAsync(Of(["X-A", "x-a"])));
        Assert.True((await Settings.UpdateAsync(Of(Enumerable.Range(0, 30).Select(i => $"X-{i}")), Stop)).Succeeded);

        static SenderSettingsPatch Of(IEnumerable<string> names) => new() { Headers = names.ToDictionary(name => name, _ => "1") };
    }

    [Fact]
    public async Task One_mistake_changes_nothing_of_the_patch()
    {
        Assert.Equal("from.email", await RefusedAsync(new() { Auth = new("u", "p"), From = new("News", "nobody") }));
        Assert.Equal("from.name", await RefusedAsync(new() { Auth = new("u", "p"), From = new("R\r\nBcc: v@x.org", "a@example.org") }));
        Assert.Equal("lane", await RefusedAsync(new() { Auth = new("u", "p"), Lane = "nowhere", From = new("News", "a@example.org") }));
        Assert.Equal("auth.user", await RefusedAsync(new() { Auth = new("a:b", "p"), From = new("News", "a@example.org") }));
        Assert.Equal("auth.password", await RefusedAsync(new() { Auth = new("u", ""), From = new("News", "a@example.org") }));
    }

    [Fact]
    public async Task A_sending_side_that_is_down_is_Unavailable()
    {
        await using var web = new ClientHarness(remote: true);
        Assert.Equal(ProblemKind.Unavailable, (await web.Client.Settings.GetAsync(Stop)).Problem!.Kind);
        Assert.Equal(ProblemKind.Unavailable, (await web.Client.Settings.UpdateAsync(new(), Stop)).Problem!.Kind);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task<string> RefusedAsync(SenderSettingsPatch patch)
    {
        var before = _harness.Stores.Settings;
        var result = await Settings.UpdateAsync(patch, Stop);
        Assert.Equal(ProblemKind.Invalid, result.Problem!.Kind);
        Assert.Same(before, _harness.Stores.Settings);
        return Assert.Single(result.Problem.Errors).Key;
    }
}
