namespace MailMarketing.Core.Tests.Preflight;

/// <summary>DNS as a test says.</summary>
internal sealed class FakeDomainRecords : IDomainRecords
{
    public Dictionary<string, string[]> Texts { get; } = [];

    /// <summary>Why nobody answers; null where somebody does.</summary>
    public string? Away { get; set; }

    /// <summary>Whether no answer ever comes.</summary>
    public bool Silent { get; set; }

    public Task<IReadOnlyList<string>> ReadTextAsync(string name, CancellationToken cancellationToken) =>
        Silent ? new TaskCompletionSource<IReadOnlyList<string>>().Task
        : Away is { } why ? throw new MailMarketingException(why)
        : Task.FromResult<IReadOnlyList<string>>(Texts.GetValueOrDefault(name) ?? []);
}
