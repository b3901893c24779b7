using System.Net.Sockets;
using MailMarketing;
using Microsoft.Extensions.Options;

namespace ReferenceHost;

/// <summary>One of the things that the executable can be.</summary>
/// <param name="Name">As it is written on the command line.</param>
/// <param name="UrlKey">The setting that says where it listens.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Build">Makes the app, not started yet.</param>
/// <param name="Started">Runs once the app listens.</param>
internal sealed record Role(
    string Name,
    string UrlKey,
    Func<HostSettings, Uri> Url,
    Func<WebApplicationBuilder, HostSettings, WebApplication> Build,
    Func<WebApplication, HostSettings, Task>? Started = null)
{
    public async Task<WebApplication> StartAsync(WebApplicationBuilder builder, HostSettings settings)
    {
        var url = Url(settings);
        builder.WebHost.UseUrls(url.OriginalString).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        WebApplication app;
        try
        {
            app = Build(builder, settings);
            await app.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new BadSettingException($"{HostSettings.Section}:{UrlKey}", $"cannot listen on {url.OriginalString}: {exception.Message}");
        }
        catch (OptionsValidationException mistake)
        {
            throw new BadSettingException(HostSettings.Section, string.Join(' ', mistake.Failures));
        }
        catch (MailMarketingException mistake)
        {
            throw new BadSettingException(HostSettings.Section, mistake.Message);
        }

        if (Started is not null)
        {
            await Started(app, settings);
        }

        return app;
    }
}
