namespace MailMarketing.Storage.Postgres;

/// <summary>
/// Guesses from the batches of people before whether all of the next one are new, for then nobody needs to be looked up. A wrong guess
/// costs the batch once more, and makes the next guess come later.
/// </summary>
internal sealed class NewcomerGuess
{
    private const int Most = 1024;

    private int _inARow;
    private int _needed = 2;

    public bool AllNew => Volatile.Read(ref _inARow) >= Volatile.Read(ref _needed);

    /// <summary>Takes in how it was with a batch that was looked up.</summary>
    public void Learn(bool allNew)
    {
        if (allNew)
        {
            Interlocked.Increment(ref _inARow);
        }
        else
        {
            Volatile.Write(ref _inARow, 0);
        }
    }

    public void WasWrong()
    {
        Volatile.Write(ref _inARow, 0);
        Volatile.Write(ref _needed, Math.Min(Most, Volatile.Read(ref _needed) * 2));
    }
}
