namespace MailMarketing;

/// <summary>Who acts, as the audit log has it. Follows the call from where a host says so.</summary>
/// <param name="Name">A person or a token, as the host names them.</param>
/// <param name="Address">The network address; null where there is none.</param>
public sealed record Actor(string Name, string? Address = null)
{
    private static readonly AsyncLocal<Actor?> _current = new();

    /// <summary>Nobody in particular: the app itself.</summary>
    public static Actor System { get; } = new("system");

    /// <summary>Who acts in this call; <see cref="System"/> where nobody was named. Setting it holds for the caller's method and what it calls.</summary>
    public static Actor Current
    {
        get => _current.Value ?? System;
        set => _current.Value = value;
    }
}
