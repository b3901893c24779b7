namespace MailMarketing.Dashboard.Tests;

/// <summary>A sending side in another process that is not running.</summary>
internal sealed class UnreachableSender : IRemoteSender
{
    public Task<Result<string>> SubmitAsync(JobBatch batch, CancellationToken cancellationToken) => throw Refused();

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) => throw Refused();

    public Task<SenderSettingsView> GetSettingsAsync(CancellationToken cancellationToken) => throw Refused();

    public Task<Result<SenderSettingsView>> UpdateSettingsAsync(SenderSettingsPatch patch, CancellationToken cancellationToken) =>
        throw Refused();

    private static MailMarketingException Refused() => new("Connection refused.");
}
