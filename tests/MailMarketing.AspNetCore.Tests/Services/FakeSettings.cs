namespace MailMarketing.AspNetCore.Tests.Services;

/// <summary>Keeps settings in memory and counts the changes.</summary>
internal sealed class FakeSettings : ISenderSettingsStore
{
    public SenderSettings Current { get; private set; } = new();

    public int Changes { get; private set; }

    public Task<SenderSettings> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Current);

    public Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken)
    {
        Changes++;
        return Task.FromResult(Current = change(Current));
    }
}
