using System.Runtime.CompilerServices;

namespace MailMarketing.Storage.Redis;

/// <summary>The scripts, each with what all have in common before it. Redis is sent a script's text once, and then its hash.</summary>
internal static class Scripts
{
    private static readonly string Common = Read("common");

    public static string Accept { get; } = Load();

    public static string Acknowledge { get; } = Load();

    public static string Claim { get; } = Load();

    public static string Complete { get; } = Load();

    public static string Control { get; } = Load();

    public static string Mark { get; } = Load();

    public static string Release { get; } = Load();

    public static string Renew { get; } = Load();

    public static string Reports { get; } = Load();

    public static string Stop { get; } = Load();

    private static string Load([CallerMemberName] string name = "") => $"{Common}\n{Read(char.ToLowerInvariant(name[0]) + name[1..])}";

    private static string Read(string name)
    {
        using var script = new StreamReader(typeof(Scripts).Assembly.GetManifestResourceStream($"{name}.lua")!);
        return script.ReadToEnd();
    }
}
