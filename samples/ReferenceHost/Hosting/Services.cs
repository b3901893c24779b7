using MailMarketing;
using Microsoft.AspNetCore.DataProtection;

namespace ReferenceHost;

/// <summary>What the two services have in common.</summary>
internal static class Services
{
    /// <summary>Makes the data folder and adds the library.</summary>
    public static MailMarketingBuilder AddMailMarketing(WebApplicationBuilder builder, HostSettings settings, string role)
    {
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
        return marketing;
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
