namespace ReferenceHost;

/// <summary>Which storage a role uses, and where it is.</summary>
/// <param name="Kind">As it is written in the settings.</param>
/// <param name="Connection">What it is opened by.</param>
internal sealed record RoleStorage(string Kind, string Connection)
{
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgres";
    public const string Redis = "redis";

    /// <summary>Reads <c>{section}:Storage</c> and the connection string of the same name; SQLite is a file in the data folder.</summary>
    public static RoleStorage Read(IConfiguration configuration, HostSettings settings, string role, string section, params string[] kinds)
    {
        var kind = new SettingsReader(configuration.GetSection(HostSettings.Section))
            .Choice($"{section}:Storage", [.. kinds.Prepend(Sqlite).Select(name => (name, name))]);
        var connection = configuration.GetConnectionString(section) ?? (kind == Sqlite ? $"Data Source={Path.Combine(settings.DataDirectory, $"{role}.db")}" : null);
        return string.IsNullOrWhiteSpace(connection)
            ? throw new BadSettingException($"ConnectionStrings:{section}", $"storage {kind} needs one, such as {Example(kind)}.")
            : new RoleStorage(kind, connection);
    }

    /// <summary>The registration, whose mistakes are those of the connection string.</summary>
    public static void Use(string section, Action register)
    {
        try
        {
            register();
        }
        catch (ArgumentException mistake)
        {
            throw new BadSettingException($"ConnectionStrings:{section}", mistake.Message);
        }
    }

    private static string Example(string kind) => kind == Redis ? "localhost:6379" : "Host=localhost;Database=mail;Username=mail";
}
