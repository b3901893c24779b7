namespace MailMarketing;

/// <summary>How the two services, web and email client, trust each other.</summary>
public class ServiceOptions
{
    /// <summary>The shortest <see cref="ServiceKey"/>, in characters.</summary>
    public const int MinServiceKey = 32;

    /// <summary>The secret that both services share, at least 32 characters; required unless <see cref="AllowAnonymousServices"/>.</summary>
    public string? ServiceKey { get; set; }

    /// <summary>
    /// The secret before, while it is being changed: calls are signed with both and taken with either. Null otherwise, which is the default.
    /// </summary>
    public string? PreviousServiceKey { get; set; }

    /// <summary>
    /// Whether calls without a signature are taken, as from services that know no signing; default false. A call that does carry a
    /// signature must carry a right one wherever a key is set.
    /// </summary>
    public bool AllowAnonymousServices { get; set; }

    /// <summary>Whether calls may leave over plain HTTP for another machine; default false: HTTPS, or HTTP on loopback.</summary>
    public bool AllowPlainHttp { get; set; }

    /// <summary>The largest body of a call, in bytes, 1 KiB to 1 GiB; default 32 MiB. A larger one is answered 413.</summary>
    public int MaxBodyBytes { get; set; } = 32 * 1024 * 1024;
}
