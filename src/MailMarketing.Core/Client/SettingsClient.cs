namespace MailMarketing;

/// <summary>The sending side's settings: From, headers, lanes and their credentials.</summary>
public sealed class SettingsClient
{
    private readonly ISettings _settings;

    private readonly AuditClient _audit;

    internal SettingsClient(ISettings settings, AuditClient audit) => (_settings, _audit) = (settings, audit);

    /// <summary>The settings, without credentials; Unavailable where the sending side is another process and cannot be reached.</summary>
    public Task<Result<SenderSettingsView>> GetAsync(CancellationToken cancellationToken) => _settings.GetAsync(cancellationToken);

    /// <summary>
    /// Changes what the patch names, all of it or nothing: Invalid on <c>auth.user</c>, <c>auth.password</c>, <c>from.email</c>,
    /// <c>from.name</c>, <c>headers</c> or <c>lane</c>. Campaigns already started keep what they froze.
    /// </summary>
    public async Task<Result<SenderSettingsView>> UpdateAsync(SenderSettingsPatch patch, CancellationToken cancellationToken)
    {
        var valid = SettingsRules.Check(patch);
        if (!valid.Succeeded)
        {
            return valid.Problem;
        }

        var before = (await _settings.GetAsync(cancellationToken)).Value;
        return await _audit.NoteAsync(
            _settings.UpdateAsync(valid.Value, cancellationToken), "settings.change",
            _ => patch.Auth is null ? "sender" : $"sender, and the credentials of {patch.Lane ?? "the default lane"}",
            Noted, before is null ? null : Noted(before));
    }

    private static object Noted(SenderSettingsView settings) => new { settings.From, settings.Headers };
}
