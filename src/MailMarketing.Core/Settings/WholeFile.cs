namespace MailMarketing;

/// <summary>Files that are there whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>
    /// Writes aside and moves, so that a reader never sees half of it; aside by a name of the process's own, since nodes may share the
    /// folder.
    /// </summary>
    public static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        var aside = $"{file}.{Environment.ProcessId}";
        await File.WriteAllTextAsync(aside, text, cancellationToken);
        File.Move(aside, file, overwrite: true);
    }
}
