namespace MailMarketing.Core.Tests.Client;

/// <summary>A sending side elsewhere; down until it is given a view.</summary>
internal sealed class FakeRemoteSender : IRemoteSender
{
    public SenderSettingsView? View { get; set; }

    public JobBatch? Batch { get; private set; }

    public Task<Result<string>> SubmitAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        Batch = batch;
        return Task.FromResult<Result<string>>("one");
    }

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<SenderSettingsView> GetSettingsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(View ?? throw new MailMarketingException("Connection refused."));

    public Task<Result<SenderSettingsView>> UpdateSettingsAsync(SenderSettingsPatch patch, CancellationToken cancellationToken) =>
        Task.FromResult<Result<SenderSettingsView>>(View ?? throw new MailMarketingException("Connection refused."));
}
