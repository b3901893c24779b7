using System.Runtime.ExceptionServices;

namespace MailMarketing.Templates.Scriban;

/// <summary>Runs what recurses deeper than a thread of the pool allows.</summary>
internal static class DeepStack
{
    // Parser, checks and conversions recurse; what the token check lets through needs a fraction of this.
    private const int StackBytes = 64 * 1024 * 1024;

    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackBytes) { IsBackground = true };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
