using System.Text.Json;

namespace MailMarketing;

/// <summary>
/// The sender settings with a copy beside them: a store that has lost everything gets them back from a node that has read them before.
/// </summary>
internal sealed class SettingsCopy(ISenderSettingsStore store, string file) : ISenderSettingsStore, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private string? _kept;

    public async Task<SenderSettings> GetAsync(CancellationToken cancellationToken)
    {
        var settings = await store.GetAsync(cancellationToken);
        if (IsEmpty(settings) && await ReadAsync(cancellationToken) is { } copy)
        {
            settings = await store.UpdateAsync(now => IsEmpty(now) ? copy : now, cancellationToken);
        }

        await KeepAsync(settings, cancellationToken);
        return settings;
    }

    public async Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken)
    {
        await GetAsync(cancellationToken);
        var settings = await store.UpdateAsync(change, cancellationToken);
        await KeepAsync(settings, cancellationToken);
        return settings;
    }

    public void Dispose() => _one.Dispose();

    private static bool IsEmpty(SenderSettings settings) =>
        settings.From is null && settings.Headers.Count == 0 && settings.ProtectedCredentials.Count == 0;

    // A copy that was cut off by a crash of the machine is as good as none
    private async Task<SenderSettings?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<SenderSettings>(await File.ReadAllTextAsync(file, cancellationToken));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task KeepAsync(SenderSettings settings, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(settings);
        if (text == _kept || IsEmpty(settings))
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            await WholeFile.WriteAsync(file, text, cancellationToken);
            _kept = text;
        }
        finally
        {
            _one.Release();
        }
    }
}
