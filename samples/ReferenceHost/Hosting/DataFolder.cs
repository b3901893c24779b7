using System.Security.Cryptography;

namespace ReferenceHost;

/// <summary>The folder where SQLite files and keys live, which is nobody else's to read: it has addresses and keys in it.</summary>
internal static class DataFolder
{
    /// <summary>Makes the folder where it is missing.</summary>
    public static void Make(string folder) => Guard(() =>
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(folder);
        }

        return Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    });

    /// <summary>The service key that was made for this folder, where both services are one process; made the first time.</summary>
    public static string ServiceKey(string folder) => Guard(() =>
    {
        Make(folder);
        var file = Path.Combine(folder, "service-key");
        if (!File.Exists(file))
        {
            var aside = $"{file}.{Environment.ProcessId}";
            File.WriteAllText(aside, RandomNumberGenerator.GetHexString(64));
            File.Move(aside, file, overwrite: false);
        }

        return File.ReadAllText(file);
    });

    private static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException($"{HostSettings.Section}:DataDirectory", exception.Message);
        }
    }
}
