using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace MailMarketing.AspNetCore.Tests.Services;

public class SigningTests
{
    private const string Path = "/api/v1/email";

    private static readonly byte[] Body =
        """{"jobs": [{"id": 1, "email": "ada@example.org", "name": "Ada"}], "template": "Hello {name}", "subject": "News"}"""u8.ToArray();

    [Fact]
    public async Task A_signed_call_is_taken()
    {
        await using var host = await ServiceHost.StartAsync();
        var (status, body) = await host.PostAsync(Path, Body, Sign(host));
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("""{"queue":"life-1"}""", body);
    }

    [Fact]
    public async Task The_path_is_signed_as_it_stands_on_the_wire()
    {
        await using var host = await ServiceHost.StartAsync();
        var signed = host.Signature.Sign(ServiceDirection.ToEmailClient, "POST", Path + "?a=%2F%20", Body);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Path + "?a=%2F%20", Body, signed)).Status);
    }

    [Fact]
    public async Task An_unsigned_call_is_refused()
    {
        await using var host = await ServiceHost.StartAsync();
        AssertRefused(host, await host.PostAsync(Path, Body));
    }

    [Fact]
    public async Task A_call_with_another_body_is_refused()
    {
        await using var host = await ServiceHost.StartAsync();
        AssertRefused(host, await host.PostAsync(Path, [.. Body, (byte)' '], Sign(host)));
    }

    [Fact]
    public async Task A_call_signed_for_another_path_is_refused()
    {
        await using var host = await ServiceHost.StartAsync();
        var signed = host.Signature.Sign(ServiceDirection.ToEmailClient, "POST", "/api/v1/control", Body);
        AssertRefused(host, await host.PostAsync(Path, Body, signed));
    }

    [Fact]
    public async Task A_call_signed_for_the_other_direction_is_refused()
    {
        await using var host = await ServiceHost.StartAsync();
        AssertRefused(host, await host.PostAsync(Path, Body, host.Signature.Sign(ServiceDirection.ToWeb, "POST", Path, Body)));
    }

    [Fact]
    public async Task A_call_signed_with_another_key_is_refused()
    {
        await using var host = await ServiceHost.StartAsync();
        var other = New("another key of more than thirty-two characters", host.Time);
        AssertRefused(host, await host.PostAsync(Path, Body, other.Sign(ServiceDirection.ToEmailClient, "POST", Path, Body)));
    }

    [Fact]
    public async Task While_the_key_is_changed_both_ways_of_signing_are_taken_and_afterwards_the_new_one_alone()
    {
        const string New = "the next key of more than thirty-two characters";
        var (old, both, changed) = (Options(ServiceHost.Key, null), Options(New, ServiceHost.Key), Options(New, null));
        var all = new[] { old, both, changed };
        foreach (var (receiver, taken) in new[] { (old, new[] { old, both }), (both, all), (changed, [both, changed]) })
        {
            await using var host = await ServiceHost.StartAsync(options =>
                (options.ServiceKey, options.PreviousServiceKey) = (receiver.ServiceKey, receiver.PreviousServiceKey));
            foreach (var sender in all)
            {
                var signer = new ServiceSignature(Microsoft.Extensions.Options.Options.Create(sender), host.Time);
                var (status, _) = await host.PostAsync(Path, Body, signer.Sign(ServiceDirection.ToEmailClient, "POST", Path, Body));
                Assert.Equal(taken.Contains(sender) ? HttpStatusCode.Accepted : HttpStatusCode.Unauthorized, status);
            }
        }

        static ServiceOptions Options(string key, string? previous) => new() { ServiceKey = key, PreviousServiceKey = previous };
    }

    [Fact]
    public async Task A_previous_key_needs_another_one() => await Assert.ThrowsAsync<OptionsValidationException>(
        () => ServiceHost.StartAsync(options => options.PreviousServiceKey = options.ServiceKey));

    [Fact]
    public async Task A_repeated_call_is_refused()
    {
        await using var host = await ServiceHost.StartAsync();
        var signed = Sign(host);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Path, Body, signed)).Status);
        var (status, body) = await host.PostAsync(Path, Body, signed);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("taken already", body, StringComparison.Ordinal);
        Assert.Single(host.Intake.Batches);
    }

    [Fact]
    public async Task A_refused_call_does_not_burn_the_id_of_a_right_one()
    {
        await using var host = await ServiceHost.StartAsync();
        var signed = Sign(host);
        AssertRefused(host, await host.PostAsync(Path, Body, signed with { Signature = "v1,AAAA" }));
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Path, Body, signed)).Status);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task A_call_more_than_five_minutes_off_is_refused(int seconds)
    {
        await using var host = await ServiceHost.StartAsync();
        var signer = New(ServiceHost.Key, new FakeTimeProvider(host.Time.GetUtcNow().AddSeconds(seconds)));
        AssertRefused(host, await host.PostAsync(Path, Body, signer.Sign(ServiceDirection.ToEmailClient, "POST", Path, Body)));
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public async Task A_call_five_minutes_off_is_taken(int seconds)
    {
        await using var host = await ServiceHost.StartAsync();
        var signer = New(ServiceHost.Key, new FakeTimeProvider(host.Time.GetUtcNow().AddSeconds(seconds)));
        var signed = signer.Sign(ServiceDirection.ToEmailClient, "POST", Path, Body);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Path, Body, signed)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1,")]
    [InlineData("v1,not base64")]
    [InlineData("v2,47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public async Task A_malformed_signature_is_refused(string signature)
    {
        await using var host = await ServiceHost.StartAsync();
        AssertRefused(host, await host.PostAsync(Path, Body, Sign(host) with { Signature = signature }));
    }

    [Fact]
    public async Task An_anonymous_host_takes_unsigned_calls_but_no_wrongly_signed_ones()
    {
        await using var host = await ServiceHost.StartAsync(options => options.AllowAnonymousServices = true);
        Assert.Equal(HttpStatusCode.Accepted, (await host.PostAsync(Path, Body)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.PostAsync(Path, Body, Sign(host) with { Signature = "v1,AAAA" })).Status);
    }

    [Fact]
    public async Task A_host_without_a_key_does_not_start() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => ServiceHost.StartAsync(options => options.ServiceKey = null));

    [Fact]
    public void The_signature_is_the_documented_one()
    {
        var signed = New(ServiceHost.Key, new FakeTimeProvider()).Sign(ServiceDirection.ToWeb, "POST", "/api/v1/job", Body);
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(ServiceHost.Key), 32, info: "mailmarketing/v1/to-web"u8.ToArray());
        byte[] text = [.. Encoding.UTF8.GetBytes($"{signed.Id}.{signed.Timestamp}.POST /api/v1/job."), .. Body];
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, text)), signed.Signature);
    }

    [Fact]
    public void Ids_are_forgotten_once_their_timestamps_are_too_old_and_memory_is_bounded()
    {
        var seen = new SeenIds(capacity: 2);
        Assert.Equal(SeenIds.Answer.New, seen.Note("a", expiresAt: 10, now: 0));
        Assert.Equal(SeenIds.Answer.New, seen.Note("b", expiresAt: 20, now: 0));
        Assert.Equal(SeenIds.Answer.Repeated, seen.Note("a", expiresAt: 10, now: 10));
        Assert.Equal(SeenIds.Answer.Full, seen.Note("c", expiresAt: 30, now: 10));
        Assert.Equal(SeenIds.Answer.New, seen.Note("c", expiresAt: 30, now: 11));
        Assert.Equal(SeenIds.Answer.Repeated, seen.Note("b", expiresAt: 20, now: 11));
    }

    private static SignedHeaders Sign(ServiceHost host) => host.Signature.Sign(ServiceDirection.ToEmailClient, "POST", Path, Body);

    private static ServiceSignature New(string key, TimeProvider time) => new(Options.Create(new ServiceOptions { ServiceKey = key }), time);

    private static void AssertRefused(ServiceHost host, (HttpStatusCode Status, string Body) answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Contains("\"error\":", answer.Body, StringComparison.Ordinal);
        Assert.Empty(host.Intake.Batches);
    }
}
