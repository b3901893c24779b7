using MailMarketing;
using Microsoft.AspNetCore.DataProtection;

namespace ReferenceHost;

/// <summary>What the two services have in common.</summary>
internal static class Services
{
    /// <summary>Checks the storage that a role is to use, makes the data folder and adds the library.</summary>
    /// <returns>The library's builder, and the connection string of the role's own storage.</returns>
    public static (MailMarketingBuilder MailMarketing, string Connection) AddMailMarketing(
        WebApplicationBuilder builder, HostSettings settings, string role, string section)
    {
        var storage = new SettingsReader(builder.Configuration.GetSection(HostSettings.Section)).Text($"{section}:Storage") ?? "sqlite";
        if (storage != "sqlite")
        {
            throw new BadSettingException($"{HostSettings.Section}:{section}:Storage", $"'{storage}' is no storage of this role; it can be sqlite.");
        }

        MakePrivate(settings.DataDirectory);
        builder.Services.AddDataProtection().SetApplicationName("MailMarketing")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.DataDirectory, "keys", role)));

        var marketing = builder.Services.AddMailMarketing(options =>
        {
            options.PublicUrl = settings.PublicUrl;
            SettingsReader.Bind(builder.Configuration.GetSection("MailMarketing:Sending"), options.Sending);
        });
        marketing.UseScriban().AddServiceCalls(options =>
        {
            options.ServiceKey = settings.ServiceKey;
            options.AllowAnonymousServices = settings.AllowAnonymousServices;
            options.AllowPlainHttp = settings.AllowPlainHttp;
        });
        builder.Services.AddHealthChecks().AddMailMarketing();
        return (marketing, builder.Configuration.GetConnectionString(section)
            ?? $"Data Source={Path.Combine(settings.DataDirectory, $"{role}.db")}");
    }

    public static void MapHealth(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthJson.WriteAsync });
    }

    // Addresses, and the keys that credentials are encrypted with
    private static void MakePrivate(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadSettingException($"{HostSettings.Section}:DataDirectory", exception.Message);
        }
    }
}
