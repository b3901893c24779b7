using Microsoft.JSInterop;

namespace MailMarketing.Dashboard.Hosting;

/// <summary>What one visitor's browser told, and what it is asked to remember.</summary>
internal sealed class Browser(IJSRuntime script, TimeProvider time)
{
    // An answer that was on its way when the system changed comes after it
    private bool? _changed;

    /// <summary>Whether the browser has answered; before, times are in UTC and the theme is unknown.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>The visitor's choice of theme.</summary>
    public ThemeChoice Theme { get; private set; }

    /// <summary>Whether the visitor's system prefers dark.</summary>
    public bool SystemIsDark { get; private set; }

    /// <summary>The visitor's time zone.</summary>
    public TimeZoneInfo TimeZone { get; private set; } = TimeZoneInfo.Utc;

    public bool IsDark => Theme == ThemeChoice.System ? SystemIsDark : Theme == ThemeChoice.Dark;

    public DateTimeOffset Now => time.GetUtcNow();

    public async Task AskAsync(CancellationToken cancellationToken)
    {
        var answer = await script.InvokeAsync<Answer>("mailMarketing.describe", cancellationToken);
        Theme = Enum.TryParse<ThemeChoice>(answer.Theme, ignoreCase: true, out var theme) ? theme : ThemeChoice.System;
        SystemIsDark = _changed ?? answer.Dark;
        TimeZone = TimeZoneInfo.TryFindSystemTimeZoneById(answer.TimeZone ?? "", out var zone) ? zone : TimeZoneInfo.Utc;
        IsKnown = true;
    }

    /// <summary>The system changed what it prefers.</summary>
    public void Follow(bool dark) => _changed = SystemIsDark = dark;

    public async Task ChooseAsync(ThemeChoice theme, CancellationToken cancellationToken)
    {
        Theme = theme;
        await script.InvokeVoidAsync("mailMarketing.remember", cancellationToken, theme.ToString());
    }

    /// <summary>Puts the cursor into the first field of a form that has an error.</summary>
    public ValueTask FocusMistakeAsync(string formId, CancellationToken cancellationToken) =>
        script.InvokeVoidAsync("mailMarketing.focusMistake", cancellationToken, formId);

    private sealed record Answer(string? Theme, bool Dark, string? TimeZone);
}
