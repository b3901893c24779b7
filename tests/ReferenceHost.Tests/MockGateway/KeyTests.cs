using System.Text.Json;

namespace ReferenceHost.Tests.MockGateway;

public sealed class KeyTests : IDisposable
{
    private readonly string _record = Path.Combine(Path.GetTempPath(), $"mails-{Guid.NewGuid():N}", "mails.jsonl");

    [Fact]
    public async Task A_key_that_was_taken_gets_the_same_answer_again_even_after_a_crash()
    {
        string? id;
        var (first, address) = await HostProcess.MockGatewayAsync("Weights=202=1", $"RecordTo={_record}");
        await using (first)
        {
            (_, var body) = await Client.PostAsync(address, Client.Mail(), "k1");
            id = body.Text("message_id");
            Assert.Equal(id, (await Client.PostAsync(address, Client.Mail(), "k1")).Body.Text("message_id"));
        }

        await File.AppendAllTextAsync(_record, "{\"at\":\"half a li", TestContext.Current.CancellationToken);
        var (second, again) = await HostProcess.MockGatewayAsync("Weights=500=1", $"RecordTo={_record}");
        await using (second)
        {
            var (status, body) = await Client.PostAsync(again, Client.Mail(), "k1");
            Assert.Equal((202, id), (status, body.Text("message_id")));
            var (other, mismatch) = await Client.PostAsync(again, Client.Mail("Another"), "k1");
            Assert.Equal((422, "idempotency_key_mismatch"), (other, mismatch.Text("error")));
        }

        var lines = (await ReadAsync()).Select(line => (line.GetProperty("status").GetInt32(), line.GetProperty("replayed").GetBoolean()));
        Assert.Equal([(202, false), (202, true), (202, true), (422, false)], lines);
    }

    [Fact]
    public async Task A_key_that_was_not_taken_may_come_again()
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=202=1,500=1", "Seed=1", $"RecordTo={_record}");
        await using var _ = process;
        var tries = 0;
        while ((await Client.PostAsync(address, Client.Mail($"Try {tries}"), "k1")).Status == 500)
        {
            Assert.InRange(++tries, 0, 50);
        }

        var lines = await ReadAsync();
        Assert.Equal(tries + 1, lines.Count);
        Assert.Single(lines, line => line.GetProperty("status").GetInt32() == 202);
        var last = lines[^1];
        Assert.Equal("k1", last.Text("key"));
        Assert.Equal("ada@example.com", last.Text("to"));
        Assert.Equal($"Try {tries}", last.Text("subject"));
        Assert.Equal(64, last.Text("body_hash")!.Length);
        Assert.NotEqual(default, last.GetProperty("at").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_same_key_at_the_same_time_is_in_progress_for_one_of_the_two()
    {
        var (process, address) = await HostProcess.MockGatewayAsync("Weights=202=1", "Latency=00:00:02");
        await using var _ = process;

        var answers = await Task.WhenAll(Client.PostAsync(address, Client.Mail(), "k1"), Client.PostAsync(address, Client.Mail(), "k1"));

        Assert.Equal([202, 409], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task A_file_of_something_else_refuses_the_start()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_record)!);
        await File.WriteAllTextAsync(_record, "{\"mine\":true}\n", TestContext.Current.CancellationToken);
        var (code, error) = await HostProcess.RunAsync(["--role", "mock-gateway", $"--MailMarketing:MockGateway:RecordTo={_record}"]);
        Assert.Equal(2, code);
        Assert.StartsWith("MailMarketing:MockGateway:RecordTo: line 1", error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Path.GetDirectoryName(_record) is { } folder && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<List<JsonElement>> ReadAsync()
    {
        await using var file = new FileStream(_record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = await new StreamReader(file).ReadToEndAsync(TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
