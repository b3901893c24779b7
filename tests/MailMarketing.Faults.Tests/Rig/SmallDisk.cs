namespace MailMarketing.Faults.Tests.Rig;

/// <summary>The file system that eng/small-disk.sh made for a process.</summary>
internal sealed class SmallDisk(int process, string folder)
{
    private readonly string _ballast = $"/proc/{process}/root{folder}/ballast";

    public static string Script { get; } = Path.Combine(AppContext.BaseDirectory, "small-disk.sh");

    /// <summary>Takes all of it that is free.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(_ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 1024 * 1024; size >= 1024; size /= 16)
        {
            try
            {
                while (true)
                {
                    ballast.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // Full, for pieces of this size
            }
        }
    }

    public void Free() => File.Delete(_ballast);
}
