namespace MailMarketing;

/// <summary>A sending side that gets the files of what it is handed.</summary>
internal sealed class AttachingSender(IRemoteSender sender, AttachmentFiles files) : IRemoteSender
{
    public bool RecognisesJobs => sender.RecognisesJobs;

    public Problem? Judge(FrozenContent content) => sender.Judge(content);

    public async Task<Result<string>> SubmitAsync(JobBatch batch, CancellationToken cancellationToken)
    {
        FrozenContent content;
        try
        {
            content = await files.LoadAsync(batch.Content, cancellationToken);
        }
        catch (MailMarketingException failure)
        {
            // Nothing left yet: a doubt about that would end jobs as unknown
            return Problem.Unavailable(failure.Message);
        }

        return content.Attachments.FirstOrDefault(file => !file.IsLoaded) is { } gone
            ? new Problem(ProblemKind.Invalid, $"The attached file {gone.Name} is not stored any more.")
            : await sender.SubmitAsync(batch with { Content = content }, cancellationToken);
    }

    public Task ControlAsync(SendControl control, CancellationToken cancellationToken) => sender.ControlAsync(control, cancellationToken);

    public Task<SenderSettingsView> GetSettingsAsync(CancellationToken cancellationToken) => sender.GetSettingsAsync(cancellationToken);

    public Task<Result<SenderSettingsView>> UpdateSettingsAsync(SenderSettingsPatch patch, CancellationToken cancellationToken) =>
        sender.UpdateSettingsAsync(patch, cancellationToken);
}
