using System.Data.Common;
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
/// <param name="Prepare">Brings what is not the library's up to date; runs before the app listens, and with <c>--migrate</c>.</param>
internal sealed record Role(
    string Name,
    string UrlKey,
    Func<HostSettings, Uri> Url,
    Func<WebApplicationBuilder, HostSettings, WebApplication> Build,
    Func<WebApplication, HostSettings, Task>? Started = null,
    Func<WebApplication, CancellationToken, Task>? Prepare = null)
{
    public async Task<WebApplication> StartAsync(WebApplicationBuilder builder, HostSettings settings)
    {
        var url = Url(settings);
        builder.WebHost.UseUrls(url.OriginalString).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = await CheckedAsync(async () =>
        {
            var built = Build(builder, settings);
            await PrepareAsync(built);
            await built.StartAsync();
            return built;
        });
        if (Started is not null)
        {
            await Started(app, settings);
        }

        return app;
    }

    /// <summary>Brings the role's storage up to date, as its first use would, and runs nothing.</summary>
    public Task MigrateAsync(WebApplicationBuilder builder, HostSettings settings) => CheckedAsync(async () =>
    {
        await using var app = Build(builder, settings);
        var (schema, sender) = (app.Services.GetService<ISchemaVersion>(), app.Services.GetService<ISenderSettingsStore>());
        if (schema is null && sender is null)
        {
            return false;
        }

        try
        {
            // Without a deadline: a large table takes its time
            await (schema?.ReadAsync(CancellationToken.None) ?? (Task)sender!.GetAsync(CancellationToken.None));
        }
        catch (Exception exception) when (exception is MailMarketingException or DbException)
        {
            throw new BadSettingException($"ConnectionStrings of {Name}", exception.Message);
        }

        await PrepareAsync(app);
        Console.WriteLine($"{Name}: the storage is up to date.");
        return true;
    });

    private async Task PrepareAsync(WebApplication app)
    {
        try
        {
            await (Prepare?.Invoke(app, CancellationToken.None) ?? Task.CompletedTask);
        }
        catch (DbException exception)
        {
            throw new BadSettingException($"ConnectionStrings of {Name}", exception.Message);
        }
    }

    private async Task<T> CheckedAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new BadSettingException($"{HostSettings.Section}:{UrlKey}", $"cannot start: {exception.Message}");
        }
        catch (OptionsValidationException mistake)
        {
            throw new BadSettingException(HostSettings.Section, string.Join(' ', mistake.Failures));
        }
        catch (MailMarketingException mistake)
        {
            throw new BadSettingException(HostSettings.Section, mistake.Message);
        }
    }
}
