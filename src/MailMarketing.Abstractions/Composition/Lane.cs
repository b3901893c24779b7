namespace MailMarketing;

/// <summary>A way out: a gateway's name and how the engine treats it. The gateway itself is the keyed service of that name.</summary>
/// <param name="Name">The gateway's name.</param>
/// <param name="Options">Gives the lane's options as they are now.</param>
public sealed record Lane(string Name, Func<IServiceProvider, GatewayOptions> Options);
