namespace MailMarketing;

/// <summary>Settings of a sending side in another process.</summary>
internal sealed class RemoteSettings(IRemoteSender remote) : ISettings
{
    public async Task<Result<SenderSettingsView>> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await remote.GetSettingsAsync(cancellationToken);
        }
        catch (MailMarketingException exception)
        {
            return Unreachable(exception);
        }
    }

    public async Task<Result<SenderSettingsView>> UpdateAsync(SenderSettingsPatch patch, CancellationToken cancellationToken)
    {
        try
        {
            return await remote.UpdateSettingsAsync(patch, cancellationToken);
        }
        catch (MailMarketingException exception)
        {
            return Unreachable(exception);
        }
    }

    private static Problem Unreachable(MailMarketingException exception) =>
        Problem.Unavailable($"The sending side cannot be reached now; try again once it runs. {exception.Message}");
}
