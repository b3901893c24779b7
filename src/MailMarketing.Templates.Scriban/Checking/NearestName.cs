namespace MailMarketing.Templates.Scriban;

/// <summary>Finds what somebody meant by a name that there is not.</summary>
internal static class NearestName
{
    /// <summary>A question for the end of a sentence, or nothing where no name is near.</summary>
    public static string Question(string name, IEnumerable<string> known, string prefix = "")
    {
        var nearest = known.Select(one => (Name: one, Distance: Distance(name, one)))
            .Where(one => one.Distance <= Math.Max(1, name.Length / 3)).OrderBy(one => one.Distance).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => one.Name).FirstOrDefault();
        return nearest is null ? "" : $" Did you mean `{prefix}{nearest}`?";
    }

    // Letters to insert, remove, replace or swap with their neighbour
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 3 || a.Length > 64)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
