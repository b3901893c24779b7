using System.Net;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.HttpOverrides;

namespace ReferenceHost.Security;

/// <summary>What stands before every endpoint of web.</summary>
internal static class WebSecurity
{
    private const int MaxBody = 4 * 1024 * 1024;
    private const int MaxHeaders = 32 * 1024;

    public static void Add(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // What takes more, an import, says so itself
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        var limits = new Limits();
        SettingsReader.Bind(builder.Configuration.GetSection($"{HostSettings.Section}:Limits"), limits);
        builder.Services.AddRateLimiter(limits.Apply);
        builder.Services.AddHsts(options => (options.MaxAge, options.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "__Host-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true;
        });

        // Cookies are for encrypted connections alone, or for this machine, whatever the request came by
        builder.Services.Configure<CookiePolicyOptions>(options =>
            (options.Secure, options.HttpOnly) = (CookieSecurePolicy.Always, HttpOnlyPolicy.Always));
        AddProxies(builder);
    }

    /// <summary>In this order: headers first, so that refusals have them too.</summary>
    public static void Use(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        app.UseForwardedHeaders();
        app.UseHsts();
        app.UseStatusCodePages();
        app.UseCookiePolicy();
        app.UseRouting();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<SameOrigin>();
        app.UseMiddleware<EndWithSession>();
        app.UseAuthorization();
    }

    // Nobody's word about the client counts but a proxy's that the operator named
    private static void AddProxies(WebApplicationBuilder builder)
    {
        const string key = $"{HostSettings.Section}:Proxies";
        var proxies = (builder.Configuration[key] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            options.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var proxy in proxies)
            {
                if (System.Net.IPNetwork.TryParse(proxy, out var network))
                {
                    options.KnownIPNetworks.Add(network);
                }
                else
                {
                    options.KnownProxies.Add(IPAddress.Parse(proxy));
                }
            }
        });
        if (proxies.FirstOrDefault(proxy => !System.Net.IPNetwork.TryParse(proxy, out _) && !IPAddress.TryParse(proxy, out _)) is { } wrong)
        {
            throw new BadSettingException(key, $"'{wrong}' is neither an address nor a network, such as 10.0.0.1 or 10.0.0.0/8.");
        }
    }
}
