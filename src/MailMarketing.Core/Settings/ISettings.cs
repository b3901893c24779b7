namespace MailMarketing;

/// <summary>The sending side's settings, wherever it is.</summary>
internal interface ISettings
{
    Task<Result<SenderSettingsView>> GetAsync(CancellationToken cancellationToken);

    Task<Result<SenderSettingsView>> UpdateAsync(SenderSettingsPatch patch, CancellationToken cancellationToken);
}
