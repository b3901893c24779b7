namespace MailMarketing;

/// <summary>Keeps the sending side's settings.</summary>
public interface ISenderSettingsStore
{
    /// <summary>The settings; an empty record where nothing was ever set.</summary>
    Task<SenderSettings> GetAsync(CancellationToken cancellationToken);

    /// <summary>Reads, changes and stores the settings in one step that no other writer comes between.</summary>
    Task<SenderSettings> UpdateAsync(Func<SenderSettings, SenderSettings> change, CancellationToken cancellationToken);
}
