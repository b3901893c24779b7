using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MailMarketing.EndToEnd;

/// <summary>Reads the processor time of everything that takes part: this process, its helpers, and a PostgreSQL server with all its processes.</summary>
/// <remarks>It survives a busy machine, which wall time does not.</remarks>
internal sealed class Meter(int? postmaster, params Process[] helpers)
{
    /// <summary>Processor time so far, in seconds.</summary>
    public Cpu Now
    {
        get
        {
            using var own = Process.GetCurrentProcess();
            return new(own.TotalProcessorTime.TotalSeconds, helpers.Sum(Seconds), postmaster is { } server ? Server(server) : 0);
        }
    }

    /// <summary>A meter of this process and of the server that a connection string names.</summary>
    public static async Task<Meter> OfAsync(string? postgres, params Process[] helpers)
    {
        if (postgres is null || !OperatingSystem.IsLinux())
        {
            return new Meter(null, helpers);
        }

        await using var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        var backend = Stat(connection.ProcessID);
        return new Meter(backend is null ? null : int.Parse(backend[1], CultureInfo.InvariantCulture), helpers);
    }

    private static double Seconds(Process helper)
    {
        helper.Refresh();
        return helper.HasExited ? 0 : helper.TotalProcessorTime.TotalSeconds;
    }

    // What has ended counts as its parent's
    private static double Server(int postmaster)
    {
        var parent = postmaster.ToString(CultureInfo.InvariantCulture);
        var ticks = Stat(postmaster) is { } own ? Ticks(own, 11..15) : 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process)
                && Stat(process) is { } stat && stat[1] == parent)
            {
                ticks += Ticks(stat, 11..13);
            }
        }

        const double perSecond = 100;
        return ticks / perSecond;
    }

    private static long Ticks(string[] stat, Range fields) => stat[fields].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));

    // The fields behind the name, which may have blanks in it
    private static string[]? Stat(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended just now
            return null;
        }
    }
}

/// <summary>Processor time by process.</summary>
/// <param name="Own">Of this process.</param>
/// <param name="Helpers">Of the processes beside it, such as the gateway's.</param>
/// <param name="Postgres">Of PostgreSQL.</param>
internal readonly record struct Cpu(double Own, double Helpers, double Postgres)
{
    public double Total => Own + Helpers + Postgres;

    public static Cpu operator -(Cpu left, Cpu right) =>
        new(left.Own - right.Own, left.Helpers - right.Helpers, left.Postgres - right.Postgres);

    public static Cpu operator *(Cpu cpu, double factor) => new(cpu.Own * factor, cpu.Helpers * factor, cpu.Postgres * factor);
}
