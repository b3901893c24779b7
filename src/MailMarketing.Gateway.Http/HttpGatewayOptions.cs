using System.ComponentModel.DataAnnotations;

namespace MailMarketing;

/// <summary>Where an HTTP gateway is and how it is called.</summary>
public sealed class HttpGatewayOptions : GatewayOptions
{
    /// <summary>The address that messages are posted to. Required; absolute http or https, without user name and password.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Requests at the same time, 1 to 1,000; default 20. Read once, when the gateway is made.</summary>
    [Range(1, 1000)]
    public int MaxConnections { get; set; } = 20;

    /// <summary>
    /// How long one request may take from the moment that a connection is free for it: connecting, sending and the answer;
    /// 1 ms to 10 min, default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}
