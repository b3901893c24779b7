using MailMarketing.Dashboard.Hosting;
using MudBlazor;

namespace MailMarketing.Dashboard.Shared;

/// <summary>Short messages and questions to the visitor.</summary>
/// <remarks>
/// Usage: <c>[Inject] Feedback Feedback</c>, then <c>Feedback.Done("Contact deleted.")</c> after a success,
/// <c>Feedback.Failed(problem)</c> where no form shows the problem, and
/// <c>if (await Feedback.ConfirmAsync("Delete the segment?", "Its contacts stay.", "Delete"))</c> before what destroys.
/// </remarks>
internal sealed class Feedback(ISnackbar snackbar, IDialogService dialogs, Access access)
{
    public void Done(string message) => snackbar.Add(message, Severity.Success, Where);

    public void Failed(Problem problem) => snackbar.Add(problem.Detail, Severity.Error, Where);

    /// <summary>Asks before something that cannot be undone; true where the visitor agrees.</summary>
    /// <param name="title">The question, as in <c>Delete 3 contacts?</c></param>
    /// <param name="text">What will happen and what stays.</param>
    /// <param name="action">The button's verb, as in <c>Delete</c>.</param>
    public async Task<bool> ConfirmAsync(string title, string text, string action)
    {
        if (!await access.MayNowAsync(Need.Write))
        {
            Failed(Access.Refusal);
            return false;
        }

        var parameters = new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Text, text },
            { dialog => dialog.Action, action },
        };
        var options = new DialogOptions { CloseOnEscapeKey = true, MaxWidth = MaxWidth.ExtraSmall, FullWidth = true };
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(title, parameters, options);
        return await dialog.Result is { Canceled: false };
    }

    /// <summary>Asks where a test goes and whom it is like, sends it, and says that it is sent.</summary>
    public async Task SendTestAsync(string what, Func<string, long?, CancellationToken, Task<Result<RenderedEmail>>> send)
    {
        var parameters = new DialogParameters<TestDialog> { { dialog => dialog.Send, send } };
        var options = new DialogOptions { CloseOnEscapeKey = true, MaxWidth = MaxWidth.Small, FullWidth = true };
        var dialog = await dialogs.ShowAsync<TestDialog>($"Send a test of {what}", parameters, options);
        if (await dialog.Result is { Canceled: false, Data: string to })
        {
            Done($"Test sent to {to}.");
        }
    }

    private static void Where(SnackbarOptions options)
    {
        options.ShowCloseIcon = true;
        options.VisibleStateDuration = 4000;
    }
}
