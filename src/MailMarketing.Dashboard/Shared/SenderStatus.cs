using MailMarketing.Dashboard.Hosting;

namespace MailMarketing.Dashboard.Shared;

/// <summary>
/// The sending side's settings as this visitor last saw them, shared by the notice on every page and the pages that change them.
/// </summary>
internal sealed class SenderStatus(SettingsClient settings, Access access)
{
    /// <summary>Raised when <see cref="Settings"/> or <see cref="Problem"/> is new.</summary>
    public event Action? Changed;

    /// <summary>The settings; null before the first look and where they cannot be had.</summary>
    public SenderSettingsView? Settings { get; private set; }

    /// <summary>Why the settings cannot be had; null where they can.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Looks again.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            Tell(await settings.GetAsync(cancellationToken));
        }
        catch (MailMarketingException exception)
        {
            // The notice outlives every page: storage that fails for a moment must not end the connection.
            Tell(Problem.Unavailable($"The settings cannot be read now. {exception.Message}"));
        }
    }

    /// <summary>Changes settings; gives the problem, or null.</summary>
    public async Task<Problem?> ChangeAsync(SenderSettingsPatch patch, CancellationToken cancellationToken)
    {
        if (!await access.MayNowAsync(Need.Settings))
        {
            return Access.Refusal;
        }

        if (patch.Auth is not null && !await access.MayNowAsync(Need.Credentials))
        {
            return Problem.Conflict("Credentials ask for your password again: load this page once more and confirm that it is you.");
        }

        var changed = await settings.UpdateAsync(patch, cancellationToken);
        if (changed.Succeeded)
        {
            Tell(changed);
        }

        return changed.Problem;
    }

    private void Tell(Result<SenderSettingsView> result)
    {
        (Settings, Problem) = (result.Value, result.Problem);
        Changed?.Invoke();
    }
}
