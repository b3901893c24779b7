using System.Globalization;

namespace MailMarketing.Dashboard.Shared;

/// <summary>Sizes of files for people.</summary>
internal static class ByteSize
{
    /// <summary>The size in KiB or MiB.</summary>
    public static string Of(long bytes) => bytes < 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (bytes + 512) / 1024)} KiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.#} MiB");
}
