namespace MailMarketing;

/// <summary>The sending side in another process, as the marketing side sees it. Registering one takes the place of lanes of one's own.</summary>
/// <remarks>Thread-safe. Every method throws a <see cref="MailMarketingException"/> where the sending side cannot be reached or does not understand.</remarks>
public interface IRemoteSender
{
    /// <summary>
    /// Whether it recognises a job that comes again, by id and round; default true. To one that does not, a job of which nobody knows
    /// whether it arrived is not handed over again under <see cref="SendPolicy.AtMostOnce"/>: it ends unknown.
    /// </summary>
    bool RecognisesJobs => true;

    /// <summary>Why it cannot send such messages, as a Conflict; null (the default) where it can. Asked before a campaign starts.</summary>
    Problem? Judge(FrozenContent content) => null;

    /// <summary>
    /// Hands jobs over; returns once they are stored durably there. Gives the queue's incarnation; Invalid where the batch is refused for
    /// what is in it or for its size, Unavailable where it certainly did not arrive, and then nothing of it was stored. Throws where
    /// nobody knows.
    /// </summary>
    Task<Result<string>> SubmitAsync(JobBatch batch, CancellationToken cancellationToken);

    /// <summary>Tells of a change of a campaign or of jobs to withdraw.</summary>
    Task ControlAsync(SendControl control, CancellationToken cancellationToken);

    /// <summary>The sending side's settings, without credentials.</summary>
    Task<SenderSettingsView> GetSettingsAsync(CancellationToken cancellationToken);

    /// <summary>Changes the sending side's settings: all of the patch, or nothing and the reason.</summary>
    Task<Result<SenderSettingsView>> UpdateSettingsAsync(SenderSettingsPatch patch, CancellationToken cancellationToken);
}
