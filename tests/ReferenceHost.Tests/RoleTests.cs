namespace ReferenceHost.Tests;

public sealed class RoleTests
{
    [Fact]
    public async Task A_role_that_does_not_exist_ends_it_and_names_the_roles()
    {
        var (code, error) = await HostProcess.RunAsync([], new Dictionary<string, string> { ["MailMarketing__Role"] = "webb" });
        Assert.Equal(2, code);
        Assert.Equal("There is no role 'webb': set --role (or MailMarketing:Role) to one of: all, mock-gateway, email-client, web.", error);
    }

    [Theory]
    [InlineData("Weights", "202=x")]
    [InlineData("Weights", "202=0,500=0")]
    [InlineData("Latency", "soon")]
    [InlineData("Url", "5052")]
    [InlineData("User", "only")]
    public async Task A_bad_setting_refuses_the_start_and_is_named(string setting, string value)
    {
        var (code, error) = await HostProcess.RunAsync(["--role", "mock-gateway", $"--MailMarketing:MockGateway:{setting}={value}"]);
        Assert.Equal(2, code);
        Assert.StartsWith("MailMarketing:MockGateway:", error, StringComparison.Ordinal);
        Assert.Contains(setting, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }
}
