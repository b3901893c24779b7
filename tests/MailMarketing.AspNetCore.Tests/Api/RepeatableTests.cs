using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MailMarketing.AspNetCore.Tests.Api;

/// <summary>B-W09: calls that carry an Idempotency-Key, at a host of their own, where nobody else adds anything.</summary>
public sealed class RepeatableTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Theory]
    [InlineData("contacts", "email", "{0}@example.org")]
    [InlineData("segments", "name", "{0}")]
    public async Task A_repeated_call_is_answered_as_the_first_time_and_adds_nothing(string list, string field, string value)
    {
        var body = Body(field, value);
        var key = Guid.NewGuid().ToString();

        var first = (await CallAsync(list, body, key)).Succeeded(HttpStatusCode.Created);
        var again = (await CallAsync(list, body, key)).Succeeded(HttpStatusCode.Created);

        Assert.Equal((first.Body, first.Type), (again.Body, again.Type));
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_call_is_a_conflict_and_adds_nothing()
    {
        var key = Guid.NewGuid().ToString();
        (await CallAsync("segments", Body("name", "{0}"), key)).Succeeded(HttpStatusCode.Created);
        var before = await host.SnapshotAsync();

        Assert.Contains("another call", (await CallAsync("segments", Body("name", "{0}"), key)).Refused(HttpStatusCode.Conflict), StringComparison.Ordinal);
        (await CallAsync("contacts", Body("email", "{0}@example.org"), key)).Refused(HttpStatusCode.Conflict);
        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Fact]
    public async Task A_refused_call_may_be_corrected_under_its_key()
    {
        var key = Guid.NewGuid().ToString();
        (await CallAsync("contacts", """{"email": "nobody"}""", key)).Refused(HttpStatusCode.UnprocessableEntity, "email");
        (await CallAsync("contacts", "{", key)).Refused(HttpStatusCode.BadRequest);
        (await CallAsync("contacts", Body("email", "{0}@example.org"), key)).Succeeded(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_calls_at_once_one_is_carried_out()
    {
        var key = Guid.NewGuid().ToString();
        var body = Body("name", "{0}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CallAsync("segments", body, key)));
        var made = answers.Where(answer => answer.Status == HttpStatusCode.Created).ToList();
        Assert.Single(made.Select(answer => answer.Id).Distinct());
        Assert.All(answers.Except(made), answer => answer.Refused(HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public async Task A_key_that_is_none_is_refused(int length) =>
        (await CallAsync("segments", Body("name", "{0}"), new string('k', length))).Refused(HttpStatusCode.BadRequest, "Idempotency-Key");

    private string Body(string field, string value) =>
        $$"""{"{{field}}": "{{string.Format(System.Globalization.CultureInfo.InvariantCulture, value, host.NewName("r").Replace(' ', '-'))}}"}""";

    private Task<Answer> CallAsync(string list, string body, string key)
    {
        var content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json"));
        return host.SendAsync(HttpMethod.Post, $"/api/v1/{list}", content, [("Idempotency-Key", key)]);
    }
}
