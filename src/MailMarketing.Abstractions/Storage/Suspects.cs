namespace MailMarketing;

/// <summary>
/// Jobs whose worker died are tried again in ever smaller company: so the one that kills workers is alone when it does it a third time,
/// and holds back none of its neighbours.
/// </summary>
internal static class Suspects
{
    private const int Few = 20;

    /// <summary>Those of some due jobs that may be claimed together: as many crashes as the first has, and not too many.</summary>
    public static List<T> Company<T>(IReadOnlyList<T> due, Func<T, int> crashes)
    {
        if (due.Count == 0)
        {
            return [];
        }

        var suspicion = Of(crashes(due[0]));
        var most = suspicion switch
        {
            0 => due.Count,
            1 => Few,
            _ => 1,
        };
        return [.. due.Where(job => Of(crashes(job)) == suspicion).Take(most)];
    }

    private static int Of(int crashes) => Math.Min(crashes, 2);
}
