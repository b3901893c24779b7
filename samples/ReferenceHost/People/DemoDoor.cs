using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ReferenceHost.People;

/// <summary>The one-click sign-in of demo mode, for somebody at this very machine.</summary>
internal sealed class DemoDoor(HostSettings settings, IServer server)
{
    /// <summary>Whether demo mode runs and the host listens to this machine alone.</summary>
    public bool IsOpen => settings.Demo
        && server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses
        && addresses.All(address => IsLoopback(BindingAddress.Parse(address).Host));

    /// <summary>Whether the request was made here: not from elsewhere, through a proxy, or by a name that somebody bent to this machine.</summary>
    public bool IsOpenFor(HttpContext context) => IsOpen
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopback(context.Request.Host.Host)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
