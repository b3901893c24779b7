namespace MailMarketing.Architecture.Tests;

internal static class Breaches
{
    /// <summary>Fails with the rule and everything that breaks it.</summary>
    public static void None<T>(string rule, IEnumerable<T> breaches)
    {
        var all = string.Join(", ", breaches);
        Assert.True(all.Length == 0, $"{rule} Not so: {all}.");
    }
}
