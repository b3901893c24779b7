using System.Security.Cryptography;

namespace MailMarketing.Engine;

/// <summary>Chance for waits, so that workers that failed together do not come back together.</summary>
internal static class Jitter
{
    /// <summary>A uniform sample of [0, 1).</summary>
    public static double Sample() => RandomNumberGenerator.GetInt32(1 << 30) / (double)(1 << 30);

    /// <summary>1 s, 2 s, 4 s … up to <paramref name="longest"/>, times U[0.5, 1].</summary>
    /// <param name="failures">Failures in a row, from 1.</param>
    /// <param name="longest">The cap.</param>
    /// <param name="sample">Uniform, from [0, 1).</param>
    public static TimeSpan Exponential(int failures, TimeSpan longest, double sample)
    {
        var seconds = Math.Min(longest.TotalSeconds, Math.Pow(2, Math.Clamp(failures - 1, 0, 30)));
        return TimeSpan.FromSeconds(seconds * (0.5 + (0.5 * sample)));
    }
}
