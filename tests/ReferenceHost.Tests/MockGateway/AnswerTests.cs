using System.Globalization;
using System.Net;

namespace ReferenceHost.Tests.MockGateway;

public sealed class AnswerTests
{
    private static readonly Dictionary<int, double> _expected = new() { [202] = 1400, [500] = 400, [502] = 60, [400] = 60, [401] = 40, [403] = 40 };

    [Fact]
    public async Task Two_thousand_mails_are_answered_as_the_weights_say_whatever_their_order()
    {
        var keys = Enumerable.Range(0, 2000).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        var first = await StatusesAsync(keys);
        var second = await StatusesAsync(keys.AsEnumerable().Reverse());

        Assert.Equal(keys.Select(key => first[key]), keys.Select(key => second[key]));
        foreach (var (status, expected) in _expected)
        {
            var deviation = Math.Sqrt(expected * (1 - (expected / 2000)));
            Assert.InRange(first.Values.Count(answer => answer == status), expected - (4 * deviation), expected + (4 * deviation));
        }
    }

    [Fact]
    public async Task Weights_can_be_set()
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=429=1, 202=0");
        await using var _ = process;
        var (status, body) = await Client.PostAsync(address, Client.Mail());
        Assert.Equal(429, status);
        Assert.Equal("by_chance", body.Text("error"));
    }

    [Fact]
    public async Task A_body_that_is_no_mail_is_a_400_that_says_why()
    {
        (string Body, string Named)[] mistakes =
        [
            ("no json", "JSON"),
            ("[]", "object"),
            ("""{"to":{"email":"a@b.c"},"subject":"s","text":"t"}""", "from"),
            ("""{"from":{"email":"a@b.c"},"to":{"email":"nobody"},"subject":"s","text":"t"}""", "to.email"),
            ("""{"from":{"email":"a@b.c"},"to":{"email":"a@b.c"},"text":"t"}""", "subject"),
            ("""{"from":{"email":"a@b.c"},"to":{"email":"a@b.c"},"subject":"s\r\nBcc: x@y.z","text":"t"}""", "subject"),
            ("""{"from":{"email":"a@b.c"},"to":{"email":"a@b.c"},"subject":"s"}""", "text"),
            ("""{"from":{"email":"a@b.c"},"to":{"email":"a@b.c"},"subject":"s","text":"t","headers":{"X":1}}""", "headers.X"),
            ("""{"from":{"email":"a@b.c"},"to":{"email":"a@b.c"},"subject":"\ud800","text":"t"}""", "Unicode"),
        ];
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=202=1");
        await using var _ = process;
        foreach (var (body, named) in mistakes)
        {
            var (status, answer) = await Client.PostAsync(address, body);
            Assert.Equal(400, status);
            Assert.Contains(named, answer.Text("error"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task User_and_password_are_required_where_they_are_set()
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=202=1", "User=us", "Password=pä:ss");
        await using var _ = process;

        Assert.Equal(401, (await Client.PostAsync(address, Client.Mail())).Status);
        Assert.Equal(401, (await Client.PostAsync(address, Client.Mail(), signIn: "us:wrong")).Status);
        Assert.Equal(202, (await Client.PostAsync(address, Client.Mail(), signIn: "us:pä:ss")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Client.Http.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("Healthy", await Client.Http.GetStringAsync(new Uri(address, "/health/live"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_page_shows_mails_and_runs_nothing_of_them()
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=202=1");
        await using var _ = process;
        await Client.PostAsync(address, Client.Mail("<script>alert(1)</script>", "\"><script>alert(2)</script>"));
        for (var number = 0; number < 99; number++)
        {
            await Client.PostAsync(address, Client.Mail($"Mail {number}"));
        }

        var page = await Client.Http.GetStringAsync(address, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.Contains("<iframe sandbox ", page, StringComparison.Ordinal);

        await Client.PostAsync(address, Client.Mail("The 101st"));
        var mails = await Client.Http.GetStringAsync(new Uri(address, "/mails"), TestContext.Current.CancellationToken);
        Assert.Contains("The 101st", mails, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)", mails, StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, int>> StatusesAsync(IEnumerable<string> keys)
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Seed=7");
        await using var _ = process;
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, _) =>
            statuses[key] = (await Client.PostAsync(address, Client.Mail(), key)).Status);
        return new Dictionary<string, int>(statuses);
    }
}
