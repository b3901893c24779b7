using MailMarketing;
using Microsoft.AspNetCore.DataProtection;

namespace ReferenceHost;

/// <summary>What the two services have in common.</summary>
internal static class Services
{
    /// <summary>Makes the data folder and adds the library.</summary>
    public static MailMarketingBuilder AddMailMarketing(WebApplicationBuilder builder, HostSettings settings, string role)
    {
        DataFolder.Make(settings.DataDirectory);
        var keys = Path.Combine(settings.DataDirectory, "keys", role);
        var protection = builder.Services.AddDataProtection().SetApplicationName("MailMarketing");
        var marketing = builder.Services.AddMailMarketing(options =>
        {
            options.PublicUrl = settings.PublicUrl;
            options.DkimSelector = settings.DkimSelector;
            options.KeepDeliveries = settings.KeepDeliveries;
            SettingsReader.Bind(builder.Configuration.GetSection("MailMarketing:Sending"), options.Sending);
        });
        marketing.UseScriban().AddServiceCalls(options =>
        {
            options.ServiceKey = settings.ServiceKey;
            options.PreviousServiceKey = settings.PreviousServiceKey;
            options.AllowAnonymousServices = settings.AllowAnonymousServices;
            options.AllowPlainHttp = settings.AllowPlainHttp;
        });
        if (settings.ServiceKey is { } key)
        {
            marketing.KeepKeysInStorage(key, keys, settings.PreviousServiceKey);
        }
        else
        {
            // Only where unsigned calls are accepted; there is nothing then to encrypt them with
            protection.PersistKeysToFileSystem(new DirectoryInfo(keys));
        }

        builder.Services.AddHealthChecks().AddMailMarketing();
        return marketing;
    }

    public static void MapHealth(WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = HealthJson.WriteAsync });
    }
}
