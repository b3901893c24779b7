namespace MailMarketing;

/// <summary>The sending side's settings: From, headers, lanes and their credentials.</summary>
public sealed class SettingsClient
{
    private readonly ISettings _settings;

    internal SettingsClient(ISettings settings) => _settings = settings;

    /// <summary>The settings, without credentials; Unavailable where the sending side is another process and cannot be reached.</summary>
    public Task<Result<SenderSettingsView>> GetAsync(CancellationToken cancellationToken) => _settings.GetAsync(cancellationToken);

    /// <summary>
    /// Changes what the patch names, all of it or nothing: Invalid on <c>auth.user</c>, <c>auth.password</c>, <c>from.email</c>,
    /// <c>from.name</c>, <c>headers</c> or <c>lane</c>. Campaigns already started keep what they froze.
    /// </summary>
    public async Task<Result<SenderSettingsView>> UpdateAsync(SenderSettingsPatch patch, CancellationToken cancellationToken)
    {
        var valid = SettingsRules.Check(patch);
        return valid.Succeeded ? await _settings.UpdateAsync(valid.Value, cancellationToken) : valid.Problem;
    }
}
