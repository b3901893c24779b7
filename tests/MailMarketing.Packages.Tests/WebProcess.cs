using System.Diagnostics;
using System.Net;

namespace MailMarketing.Packages.Tests;

/// <summary>A built web app as a process of its own, on a free port.</summary>
internal sealed class WebProcess : IAsyncDisposable
{
    private const string Sign = "Now listening on: ";

    private readonly Process _process;
    private readonly HttpClient _http;

    private WebProcess(Process process, Uri address) => (_process, _http) = (
        process, new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts it as it was built, without the environment of a developer, and waits until it listens.</summary>
    public static async Task<WebProcess> StartAsync(string app)
    {
        var start = new ProcessStartInfo("dotnet", [app, "--urls", "http://127.0.0.1:0", "--environment", "Production"])
        {
            WorkingDirectory = Path.GetDirectoryName(app)!,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.IndexOf(Sign, StringComparison.Ordinal) is var at and >= 0)
            {
                // Read on, or the app stands still once the pipe is full
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new WebProcess(process, new Uri(line[(at + Sign.Length)..].Trim()));
            }
        }

        throw new InvalidOperationException($"{app} ended before it listened.");
    }

    /// <summary>What a page holds; it must be found.</summary>
    public async Task<string> GetAsync(string path, string? role = null)
    {
        using var answer = await AnswerAsync(path, role);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await AnswerAsync(path, null);
        return answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<HttpResponseMessage> AnswerAsync(string path, string? role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (role is not null)
        {
            request.Headers.Add("X-Role", role);
        }

        return await _http.SendAsync(request, Stop);
    }
}
