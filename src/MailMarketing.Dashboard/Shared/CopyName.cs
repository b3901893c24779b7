namespace MailMarketing.Dashboard.Shared;

/// <summary>What a copy is called at first.</summary>
internal static class CopyName
{
    private const string Suffix = " (copy)";

    /// <summary>The name of a copy, cut where it would be too long.</summary>
    public static string Of(string name)
    {
        var room = Limits.Name - Suffix.Length;
        if (name.Length <= room)
        {
            return name + Suffix;
        }

        // Not through the middle of a character of two halves.
        var cut = char.IsHighSurrogate(name[room - 1]) ? room - 1 : room;
        return name[..cut].TrimEnd() + Suffix;
    }
}
