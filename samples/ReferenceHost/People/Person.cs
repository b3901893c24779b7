using Microsoft.AspNetCore.Identity;

namespace ReferenceHost.People;

/// <summary>Someone who signs in.</summary>
public sealed class Person : IdentityUser<long>
{
    public PersonRole Role { get; set; }

    public bool IsDisabled { get; set; }

    /// <summary>Whether this is the one who signs in by one click: only while demo mode runs, and never one's only administrator.</summary>
    public bool IsDemo { get; set; }

    /// <summary>In Unix milliseconds.</summary>
    public long CreatedAt { get; set; }

    /// <summary>The time step of the last code of an authenticator app: none is good twice.</summary>
    public long LastCode { get; set; }

    /// <summary>How the audit log names them.</summary>
    internal string ForAudit => FormattableString.Invariant($"person {Id} ({Email})");

    /// <summary>What they may do, for the audit log.</summary>
    internal object Rights => new { role = $"{Role}", disabled = IsDisabled, secondFactor = TwoFactorEnabled };
}
