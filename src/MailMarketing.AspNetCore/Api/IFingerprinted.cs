namespace MailMarketing.AspNetCore.Api;

/// <summary>A part of a call that can be told from another by its bytes.</summary>
internal interface IFingerprinted
{
    /// <summary>The SHA-256 of the bytes as they came, in hexadecimal.</summary>
    string Fingerprint { get; }
}
